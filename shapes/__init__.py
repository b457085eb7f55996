"""The rules that the graph must keep, as SHACL Core shapes in Turtle, one file for each family of classes.

`common.ttl` holds small shapes that the others share. See README.md in this folder.
"""
