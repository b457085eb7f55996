"""The graph for people who draw, plan or publish: files for drawing tools, calendars, and a release.

``draw`` asks the definitions in ``queries/exports`` and makes a ``drawing`` (plain things and arrows); ``select`` takes
the part that is wanted; ``columns`` says what stands beside each; ``registry`` lists the formats and who writes them;
``receipt`` counts what was written, dropped and merged. ``calendar`` and ``release`` make files of their own.
"""
