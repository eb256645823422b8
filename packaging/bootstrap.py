"""Makes a fresh machine ready: system libraries and a font where needed, the environment, the program in it.

Runs on the machine's own python3 with the standard library only. usage: bootstrap.py LOCK_FILE
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
SUPPORTED = ((3, 11), (3, 13))

# what Qt loads at run time, by the name the loader knows; package names differ between releases less than files
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
CJK_FONTS = ("*CJK*", "wqy*", "SourceHan*", "*simsun*", "msyh*", "*fangsong*", "NotoSansSC*")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def main() -> int:
    """Make everything ready; returns the exit code."""
    lock = ROOT / "packaging" / sys.argv[1]
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        print(f"Python 3.11 to 3.13 is needed; this is {sys.version.split()[0]}. 请安装 Python 3.11—3.13。")
        return 1
    if sys.platform == "linux" and not install_system_packages(missing_system_packages()):
        return 1
    stamp = ENVIRONMENT / f".ready-{lock.stem}"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return 0
    install(lock)
    stamp.write_text(wanted, encoding="utf-8")
    return 0


def install(lock: Path) -> None:
    """Fill the environment with exactly what the lock names, then the program itself."""
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    if not python.exists() or not works(python):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        print("creating .venv …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    print(f"installing {lock.name} …", flush=True)
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    # pip compiles what it copies, which this is not: without it every start compiles where Python may not write
    subprocess.run([str(python), "-m", "compileall", "-q", "app", "db"], check=False, cwd=ROOT)


def works(python: Path) -> bool:
    """Whether an environment's interpreter still runs, is this version, and has pip."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    code = f"import pip, sys; sys.exit(sys.version_info[:2] != ({version.replace('.', ', ')}))"
    return subprocess.run([str(python), "-c", code], check=False, capture_output=True).returncode == 0


def missing_system_packages() -> list[str]:
    """The Debian packages that this machine lacks."""
    missing = [package for library, package in LIBRARIES.items() if not has_library(library)]
    if subprocess.run(
        [sys.executable, "-c", "import ensurepip"], check=False, capture_output=True
    ).returncode:
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    if not any(next(folder.rglob(name), None) for folder in folders if folder.is_dir() for name in CJK_FONTS):
        missing.append("fonts-noto-cjk")
    return missing


def has_library(name: str) -> bool:
    """Whether the loader finds a shared library."""
    folders = [Path(p) for p in ("/lib", "/usr/lib", "/usr/local/lib", "/lib64", "/usr/lib64")]
    return any(next(iter((*f.glob(name), *f.glob(f"*/{name}"))), None) for f in folders if f.is_dir())


def install_system_packages(missing: list[str]) -> bool:
    """Install them where that is allowed, else say exactly what to install. False if the program cannot run."""
    if not missing:
        return True
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("installing system packages:", " ".join(missing), flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
        if subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL).returncode == 0:
            return True
    print("Please install these system packages first. 请先安装以下系统软件包：")
    print("  sudo apt install", " ".join(missing))
    return missing == ["fonts-noto-cjk"]  # without the font it runs, though it may show boxes


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        print(f"set-up failed: {' '.join(map(str, error.cmd))} (exit {error.returncode})")
        sys.exit(1)
