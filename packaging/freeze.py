"""Freezes the program into build/duban and lets it check itself there: `make package`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
FOLDER = BUILD / "duban"
UNWANTED = ("virtualkeyboard",)


def main() -> int:
    """Freeze and check; returns the exit code."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += [
        "--distpath",
        str(BUILD),
        "--workpath",
        str(BUILD / "freeze"),
        str(ROOT / "packaging/duban.spec"),
    ]
    subprocess.run(command, check=True, cwd=ROOT)
    found = [p for p in FOLDER.rglob("*") if any(word in p.name.lower() for word in UNWANTED)]
    if found:
        print("must not be shipped:", *found, sep="\n  ")
        return 1
    # an empty environment but for what a process needs: nothing of the checkout helps it
    kept = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "LANG", "APPDATA")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    suffix = ".exe" if os.name == "nt" else ""
    commands = ([f"duban{suffix}", "--self-check"], [f"duban-cli{suffix}", "--version"])
    codes = [
        subprocess.run([str(FOLDER / name), word], check=False, cwd=BUILD, env=environment).returncode
        for name, word in commands
    ]
    size = sum(p.stat().st_size for p in FOLDER.rglob("*") if p.is_file()) / 1e6
    print(f"{FOLDER.relative_to(ROOT)}: {size:.0f} MB")
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
