"""Puts what others wrote, the font and htmx, where the desk and the documents expect it.

Nothing of it is committed (docs/design.md §2). `assets.lock` names the packages that carry it, with their hashes; this
fetches them, copies the files with their licences into two ignored folders that the wheel includes, and makes WOFF2
for browsers of the font. `make install` and the wheel's build call it; it does nothing when all is in place.

    python tools/assets.py
"""

import shutil
import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

VENDOR = Path("desk/static/vendor")
FONTS = Path("documents/fonts")
LOCK = Path("assets.lock")

WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}

HTMX = "django_htmx/static/django_htmx"
HTMX_LICENCE = "django_htmx-*.dist-info/licenses/LICENSE"
MUKTA = "fontpkg_mukta/files"
MUKTA_LICENCE = "fontpkg_mukta/LICENSE"

NOTICE = """Files in this folder that others wrote:

htmx.min.js, hx-sse.min.js   htmx 4 and its extension for server-sent events, by Big Sky Software, Zero-Clause BSD;
                             as packed by django-htmx (MIT, django-htmx-LICENSE.txt).
mukta-*.woff2                Mukta by Girish Dalvi, Ek Type; SIL Open Font License 1.1 (mukta-OFL.txt).
"""


def expected() -> list[Path]:
    """The files that this puts in place, relative to the project's root; the copy of the lock is written last."""
    scripts = [VENDOR / "htmx.min.js", VENDOR / "hx-sse.min.js"]
    web_fonts = [VENDOR / f"mukta-{weight}.woff2" for weight in WEIGHTS]
    licences = [VENDOR / "django-htmx-LICENSE.txt", VENDOR / "mukta-OFL.txt", VENDOR / "NOTICE.txt"]
    print_fonts = [FONTS / f"Mukta-{style}.ttf" for style in WEIGHTS.values()]
    return [*scripts, *web_fonts, *licences, *print_fonts, FONTS / "OFL.txt", VENDOR / "assets.lock"]


def in_place(root: Path) -> bool:
    """True when every file is there and they were made from the `assets.lock` that is there now."""
    made_from = root / VENDOR / "assets.lock"
    return all((root / path).is_file() for path in expected()) and made_from.read_bytes() == (root / LOCK).read_bytes()


def install(root: Path) -> None:
    """Fetch the packages of `assets.lock` and lay out their files under `root`, the project's folder.

    Raises `SystemExit` with a sentence when they cannot be fetched.
    """
    packages = fetch(root)
    for folder in (root / VENDOR, root / FONTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    vendor, fonts = root / VENDOR, root / FONTS
    shutil.copyfile(packages / HTMX / "htmx-4.min.js", vendor / "htmx.min.js")
    shutil.copyfile(packages / HTMX / "ext/hx-sse-4.min.js", vendor / "hx-sse.min.js")
    shutil.copyfile(next(packages.glob(HTMX_LICENCE)), vendor / "django-htmx-LICENSE.txt")
    shutil.copyfile(packages / MUKTA_LICENCE, vendor / "mukta-OFL.txt")
    shutil.copyfile(packages / MUKTA_LICENCE, fonts / "OFL.txt")
    for weight, style in WEIGHTS.items():
        font = packages / MUKTA / f"Mukta-{style}.ttf"
        shutil.copyfile(font, fonts / font.name)
        make_woff2(font, vendor / f"mukta-{weight}.woff2")
    (vendor / "NOTICE.txt").write_text(NOTICE, encoding="utf-8")
    shutil.copyfile(root / LOCK, vendor / "assets.lock")


def fetch(root: Path) -> Path:
    """The packages of `assets.lock`, unpacked into a fresh folder whose path is returned."""
    packages = root / "build" / "assets"
    shutil.rmtree(packages, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-compile"]
    locked = ["--no-deps", "--require-hashes", "-r", str(root / LOCK), "--target", str(packages)]
    if subprocess.run([*pip, *locked], check=False).returncode != 0:
        raise SystemExit(
            "The font and htmx could not be fetched (pip's reason stands above). "
            "Check the way to the package registry, then run `make install` again."
        )
    return packages


def make_woff2(font: Path, target: Path) -> None:
    """The same font compressed for browsers; its timestamp is kept, so that the same font gives the same bytes."""
    with TTFont(font, recalcTimestamp=False) as glyphs:
        glyphs.flavor = "woff2"
        glyphs.save(target)


def main() -> None:
    """Install into the project that this file is part of, unless all is in place."""
    root = Path(__file__).resolve().parent.parent
    if in_place(root):
        print("Font and htmx are in place.")
        return
    print("Fetching the font and htmx, making web fonts ...", flush=True)
    install(root)


if __name__ == "__main__":
    main()
