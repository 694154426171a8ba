"""Where the browser for the tests is, and how one gets onto this machine.

    python tests/browser.py

Looks for Chromium on the PATH, then for Playwright's own. With neither: Debian's package where apt-get may be used
(as root), else Playwright's download, else a sentence that says what to do.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DEBIAN = ("chromium", "fonts-noto-color-emoji")
# No sandbox: it cannot be had as root or in a container. The rest keeps the browser from calling home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # A microphone that hums, and leave to use it: for voice messages.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)


def find() -> Path | None:
    """The browser's executable, or None."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(on_path) if on_path else playwrights_own()


def playwrights_own() -> Path | None:
    """The Chromium that `playwright install chromium` leaves in the user's cache, or None."""
    with sync_playwright() as playwright:
        executable = Path(playwright.chromium.executable_path)
    return executable if executable.is_file() else None


def install() -> Path | None:
    """Try the ways to get a browser, the most lasting first; returns where it is, or None."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("No browser here yet: installing Debian's chromium ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *DEBIAN]):
            subprocess.run(["apt-get", "-qq", *command], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if found := find():
            return found
    print("No browser here yet: asking Playwright for its own ...", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find()


def main() -> int:
    """Say where the browser is, after installing one if need be; returns 1 when there is none to be had."""
    found = find() or install()
    if found is None:
        print(
            "The tests need a browser and none could be installed. Install Chromium so that `chromium` is on the PATH "
            "(Debian: apt-get install chromium; macOS: brew install chromium), then run `make test` again."
        )
        return 1
    print(f"Browser for the tests: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
