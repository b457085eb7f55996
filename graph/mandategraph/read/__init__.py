"""Reading: the bytes of a document become a tree of addressable parts, each of which knows its lines.

`text` decodes and folds, `marks` finds footnote marks, `tables` reads tables, `structure` builds the tree.
Nothing here knows what a mandate is; that is the business of `extract`.
"""
