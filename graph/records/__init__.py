"""What was read from each source, for review: `<source>/extracted.json` by the reader, `curated.yml` by a person."""
