"""What was read from each source, as reviewable files: `<source>/extracted.json` by the reader, `curated.yml` by a person."""
