"""Make sure that the browser tests have a Chromium: an installed one, Playwright's own, or Debian's
package.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def installed() -> str | None:
    """Path of a browser: CHROMIUM, one on the PATH, or the one that Playwright has downloaded."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if Path(chosen).is_file() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _of_playwright()


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> None:
    """Try Playwright's own download, then Debian's package."""
    for command in (
        [sys.executable, "-m", "playwright", "install", "chromium"],
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "chromium"],
    ):
        if installed() is None and shutil.which(command[0]):
            subprocess.run(command, check=False)


def main() -> int:
    if installed() is None:
        install()
    if (path := installed()) is None:
        print(
            "The browser tests need Chromium. Install it (Debian: apt-get install chromium), or set"
            " CHROMIUM to the path of a Chrome or Chromium.",
            file=sys.stderr,
        )
        return 1
    print(f"Chromium: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
