"""Reading: the bytes of a document become a tree of addressable parts, each of which knows its lines.

`text` decodes and folds, `marks` finds footnote marks, `tables` reads tables, `structure` builds the tree.
`formats` brings files of every kind to lines with marks (`rendered`), of which `outline` makes a tree where no shape is
known beforehand: `openings` knows the marks of its parts, `heads` and `grid` its tables, `holders` where each belongs.
Nothing here knows what a mandate is; that is the business of `extract`.
"""
