"""``python -m mandategraph`` is the same as the command ``mandategraph``."""

import sys

from mandategraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
