"""RDF itself: names and their short forms, terms, and how they are written."""
