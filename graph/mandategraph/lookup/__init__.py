"""Looking things up: what a text means, what is known of a thing, where a phrase stands."""
