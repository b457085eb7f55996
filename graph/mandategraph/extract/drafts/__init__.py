"""Draft records of documents that nobody here has seen, in Chinese, English, French and Spanish.

`languages/*.yml` hold the wording of each language, `wording` reads them. `when` knows times, `naming` bodies, meetings
and places, `tables`, `lists` and `running` what tables, lists and sentences say of meetings, `acts` operative
paragraphs, `heading` the heading block. `draft` joins them to an extraction, with how sure each field is; `review` puts
what a person judged over it. What none of them understands is listed, never guessed.
"""
