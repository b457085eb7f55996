"""Front ends: a file of any kind we read becomes lines with marks (see `rendered`), within limits, nothing executed.

`limits` bounds what a file may cost, `packages` opens zipped XML safely, `numbering` renders the automatic numbers of a
word processor. `detect` tells the kind by the bytes first and the name second.
"""
