"""Questions in words: what a question in English or Chinese asks, as a stored query or a verb with its parameters."""
