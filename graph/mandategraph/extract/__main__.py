"""`python -m mandategraph.extract FILE > extracted.json`: the record file of a document, for review and commit."""

from __future__ import annotations

import sys
from pathlib import Path

from mandategraph.errors import MandategraphError
from mandategraph.extract.document import extract
from mandategraph.read.text import SourceText
from mandategraph.recordfile import dump
from mandategraph.register import shipped_register


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
