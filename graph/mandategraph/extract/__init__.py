"""Extraction: the tree of a document becomes records. `document` reads the whole; the other modules each know one kind
of wording: `dates` times, `names` meetings and bodies, `roles` what a table cell says is handed on or taken up,
`drafts` is the room for documents of any shape and of four languages;
`schedule_tables` the tables that list who meets when, on what, under which decision.
"""
