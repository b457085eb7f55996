"""The Python interface: the graph as one object, and its answers as typed values. See `mandategraph.open`."""
