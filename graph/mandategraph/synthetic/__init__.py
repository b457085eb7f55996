"""Made-up graphs of our own model, of any size, for measuring: the shipped process, told again of other meetings."""
