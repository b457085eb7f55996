"""`python -m mandategraph.extract FILE > extracted.json`: the record file of a document, for review and commit."""

from __future__ import annotations

import sys
from pathlib import Path

from mandategraph.extract.document import extract
from mandategraph.model.record_files import dump
from mandategraph.model.register import shipped_register
from mandategraph.read.text import SourceText
from mandategraph.system.errors import MandategraphError


def main() -> int:
    """Write the records of the one document named on the command line to standard output."""
    if len(sys.argv) != 2:
        print("usage: python -m mandategraph.extract FILE", file=sys.stderr)
        return 2
    try:
        sys.stdout.write(dump(extract(SourceText.from_file(Path(sys.argv[1])), shipped_register())))
    except MandategraphError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
