"""The Chromium that browser tests drive: found on this machine, or fetched once.

As a program it fetches what is missing and prints where it is; exit 1 and one clear sentence
when that is not possible.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # the same engine without a window: a page takes half the time
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
ADVICE = (
    "Geen Chromium voor de browsertests: installeer het pakket 'chromium-headless-shell' of "
    "'chromium' van uw systeem, of zorg dat Playwright er zelf een kan ophalen "
    "(.venv/bin/playwright install chromium)."
)


def find_chromium() -> str | None:
    """The path of a Chromium: the system's own, else the one that Playwright fetched."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def fetch_chromium() -> str | None:
    """Fetch one: from Debian's packages as root, else Playwright's own. None when neither can."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "-qq", "update")
        for package in NAMES[:2]:
            _run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", package)
            if found := find_chromium():
                return found
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    return find_chromium()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and seldom needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _run(*command: str) -> None:
    """Its words go to standard error; whether it worked shows in what is found afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, stdout=sys.stderr, env=environment)


def main() -> int:
    """Print the path of a Chromium, fetched when there is none."""
    path = find_chromium() or fetch_chromium()
    if path is None:
        sys.stderr.write(ADVICE + "\n")
        return 1
    sys.stdout.write(f"Browser: {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
