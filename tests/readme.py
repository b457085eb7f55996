"""The commands of a page, run as they stand, and their printed output compared with what the page shows.

`python tests/readme.py` runs every block of kind `sh` in order, in one scratch folder for the store; where a block of
kind `text` follows, the output must be the same. `--print NAME` prints the set-up block of that name and runs nothing;
`--update` writes what is printed into the page, for a person to read before it is committed. `--page FILE` takes
another page than the README. A block marked
`<!-- until stopped -->` starts something that does not end by itself: it is stopped as by Ctrl-C once it has said that
it is ready, and must then end well.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_MARK = r"(?:<!-- (?:set-up: (?P<name>\w+)|(?P<until>until stopped)) -->\n+)?"
_BLOCK = re.compile(_MARK + r"^ *```(?P<kind>sh|text)\n(?P<body>.*?)^ *```", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: `name` only for set-up blocks, `shown` the output that follows, `line` where it begins, `serves`
    for one that must be stopped."""

    name: str
    body: str
    shown: str | None
    line: int
    serves: bool = False


def blocks(text: str) -> list[Block]:
    """The shell blocks of a page, each with the output shown right below it."""
    found = list(_BLOCK.finditer(text))
    out = []
    for match, after in zip(found, [*found[1:], None], strict=True):
        if match["kind"] != "sh":
            continue
        near = after and after["kind"] == "text" and not text[match.end() : after.start()].strip()
        shown = after["body"] if after and near else None
        line = text[: match.start()].count("\n") + 1
        out.append(Block(match["name"] or "", match["body"], shown, line, bool(match["until"])))
    return out


def run(block: Block, store: Path) -> tuple[str | None, str]:
    """Run one block; what is wrong, or None, and what it printed."""
    environment = {**os.environ, "MANDATEGRAPH_STORE": str(store), "COLUMNS": "160", "PYTHONIOENCODING": "utf-8"}
    if block.serves:
        return _until_ready(block.body, environment), ""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.body],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment, timeout=300, check=False,
    )  # fmt: skip
    if done.returncode:
        return f"ended with {done.returncode}: {done.stderr.strip()}", done.stdout
    if block.shown is None or _trimmed(done.stdout) == _trimmed(block.shown):
        return None, done.stdout
    changes = difflib.unified_diff(_trimmed(block.shown), _trimmed(done.stdout), "page", "printed", lineterm="")
    return "\n".join(changes), done.stdout


def _until_ready(command: str, environment: dict[str, str]) -> str | None:
    """Start a command that serves, wait for its first words, stop it as Ctrl-C does; what is wrong, or None."""
    server = subprocess.Popen(
        ["bash", "-c", f"exec {command}"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    assert server.stdout is not None
    told = server.stdout.readline()
    server.send_signal(signal.SIGINT)
    try:
        rest, _ = server.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        server.kill()
        return "does not end when it is told to"
    if told and server.returncode in (0, 130):
        return None
    return f"ended with {server.returncode}: {told}{rest}"


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def _show(page: Path, block: Block, printed: str) -> None:
    text = page.read_text(encoding="utf-8")
    old = f"```sh\n{block.body}```\n```text\n{block.shown}```"
    new = "\n".join(_trimmed(printed))
    page.write_text(text.replace(old, f"```sh\n{block.body}```\n```text\n{new}\n```"), encoding="utf-8")


def main() -> int:
    """Run or print the blocks; 1 when one of them fails or prints something else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--print", metavar="NAME", help="print the set-up block of this name")
    parser.add_argument("--update", action="store_true", help="write the printed output into the page")
    parser.add_argument("--page", metavar="FILE", type=Path, default=README, help="another page")
    args = parser.parse_args()
    wanted = args.print
    known = blocks(args.page.read_text(encoding="utf-8"))
    if wanted:
        chosen = [block for block in known if block.name == wanted]
        print(chosen[0].body, end="")
        return 0
    # A shell that runs this in the background has it ignore interrupts, and so would all that it starts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        for block in known:
            if block.name:
                continue
            wrong, printed = run(block, Path(scratch) / "store")
            if args.update and block.shown is not None:
                _show(args.page, block, printed)
            print(f"{args.page.name}, line {block.line}: {'ok' if wrong is None else wrong}")
            failures += wrong is not None
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
