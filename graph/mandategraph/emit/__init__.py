"""Emission: records, register and curated layer become quads, each source in a named graph of its own."""
