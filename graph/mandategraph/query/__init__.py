"""Questions and their answers: stored queries, free questions, and all that is known of one thing.

catalogue (reads the stored queries) -> run (binds, runs, folds) -> present (writes the answer)
resolve (text -> thing) -> ask (free question -> stored query) ; show (one thing with its sources)
"""
