"""mandategraph: who asked whom for what, under which decision, and which meeting it is due to.

The rooms of the package, in the one direction in which data flows:

    read -> extract -> emit -> store -> validate / query -> cli

No room imports a later one. ``errors``, ``resources``, ``namespaces`` and ``codes`` import no room and may
be used by every one of them; ``cli`` alone joins the rooms.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
