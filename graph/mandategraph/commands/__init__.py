"""The verbs of the command line, a module for each family of them.

A family has one public function, ``add(verbs)``, which adds its verbs and their options; each verb names the function
that carries it out with ``set_defaults(run=...)``. ``options`` holds what options have in common, ``output`` how a
verb opens a store and writes what it found. A family imports its rooms only inside the functions that use them, so
that a warm answer loads nothing that it does not need.
"""
