"""Draft records of documents that nobody here has seen, in Chinese, English, French and Spanish.

`languages/*.yml` hold the wording of each language, `wording` reads them. `when` knows times (`months`, `series` rows of
days, `spells` quarters and longer), `naming` bodies, meetings and places; `tables`, `events` and `sentences` what tables,
lists and sentences say of meetings, `acts` operative paragraphs and what a letter asks, `tasks` and `handing` who is to
hand what to whom, `heading` the heading block and `heading_records` the records of it. `draft` joins them to an
extraction, with how sure each field is; `review` puts what a person judged over it. What none of them understands is
listed, never guessed.
"""
