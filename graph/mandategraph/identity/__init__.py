"""Joining: what several sources list is one thing, where a code or evidence says so.

`rules` finds for each record the thing that it is about, and says on which ground; `decisions` holds what the user of a
store confirmed or revoked, in a small file beside it; `candidates` lists what looks alike and was left apart. Every
judgement is one of the curated layer and can be revoked; nothing is joined because titles are alike.
"""
