"""The composition root: commands run here, or the window opens."""

import argparse
import sys

from app import cli


def main() -> int:
    """The program's entry; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console may not be UTF-8
    parsed = cli.main(sys.argv[1:])
    if isinstance(parsed, int):
        return parsed
    return cli.guarded(lambda: _start(parsed))


def _start(parsed: argparse.Namespace) -> int:
    from app.ui import start  # Qt is not needed by the headless commands

    if parsed.self_check:
        return start.self_check()
    if parsed.command == "sample":
        return start.sample(parsed.demo)
    return start.window(parsed.workspace if parsed.command == "open" else None)


if __name__ == "__main__":
    sys.exit(main())
