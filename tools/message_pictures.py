"""Every message of the bot as a phone of 360 pixels shows it in the web chat, in both languages: pictures to look at.

    python tools/message_pictures.py build/messages           all of them
    python tools/message_pictures.py build/messages card      those whose template begins so

Writes a picture for each template and language, with all its cases of tests/bot/voice_samples.py one below the other
(hi/card-complaint.png), and sheets of many for a quick look (sheet-hi-01.png). Under a message are the buttons that its
template names. Toasts and charts are no messages. What is wider than the screen is named at the end; then it returns 1.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.messages import Button, Say  # noqa: E402  # found only once the tree is on the path
from bot.render import Renderer  # noqa: E402
from tests.adapters.webchat.browsing import come_in  # noqa: E402
from tests.adapters.webchat.district import PANCHAYAT, District  # noqa: E402
from tests.bot.voice_samples import cases  # noqa: E402
from tests.bot.voice_values import CODE, DEPARTMENT, LANGUAGES, NOW, OFFICER, REASON, ZONE  # noqa: E402
from tests.browser import FLAGS, find  # noqa: E402

TEMPLATES = ROOT / "bot/templates"
WIDTH, HEIGHT = 360, 5000
COLUMNS, LONGEST_COLUMN, GAP, TITLE = 4, 1500, 8, 16
NO_MESSAGES = ("toast/", "chart/")
OF_A_CARD = ("acknowledge", "solve", "more_time", "not_ours")
WORKED_ON = ("registered", "acknowledged", "reopened", "transferred")
PER_ROW = 2
AT_ONCE = 25
"""As many as the chat draws when it is opened."""

PATIENCE_MS = 60_000
_NAMED = re.compile(r"Buttons(?: while solved)?: (.*?)#}", re.DOTALL)
_BLOCK = re.compile(r"{% block (\w+) %}")
_VALUES = {
    "day": date(2026, 11, 27),
    "code": CODE,
    "department_code": "DPRO",
    "department": DEPARTMENT,
    "name": OFFICER,
    "role": "head",
    "reason": REASON,
    "letter": "C",
    "label": REASON,
    "verdict": "late",
}

Rows = tuple[tuple[Button, ...], ...]
Shots = Mapping[str, list[Image.Image]]


def main() -> int:
    """Draw them; returns 1 where a message is wider than the screen."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, help="where the pictures go")
    asked.add_argument("begins", nargs="?", default="", help="only templates whose name begins so")
    given = asked.parse_args()
    wide = []
    for language in LANGUAGES:
        shots, too_wide = _shots(language, given.begins)
        _keep(shots, given.folder, language)
        wide += [f"{language}: {name} is wider than the screen" for name in too_wide]
    print(*wide, f"pictures are in {given.folder}", sep="\n")
    return 1 if wide else 0


def _shots(language: str, begins: str) -> tuple[Shots, list[str]]:
    """Each case as the chat shows it, by template; and the templates that do not fit."""
    shots: dict[str, list[Image.Image]] = {}
    too_wide = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        district = District(f"sqlite:///{folder}/messages.db", Path(folder))
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        try:
            locale = "hi-IN" if language == "hi" else "en-IN"
            context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale=locale)
            page = come_in(context.new_page(), district)
            messages = list(_messages(language, begins))
            for at in range(0, len(messages), AT_ONCE):
                some = messages[at : at + AT_ONCE]
                ids = [_say(district, f"{at}-{number}", *each) for number, each in enumerate(some)]
                page.reload()  # what was looked at already is not drawn again
                expect(_item(page, ids[-1])).to_be_visible(timeout=PATIENCE_MS)
                for (name, *_), id in zip(some, ids, strict=True):
                    picture, fits = _shot(page, _item(page, id))
                    shots.setdefault(name, []).append(picture)
                    too_wide += [] if fits else [name]
        finally:
            browser.close()
            district.close()
    return shots, too_wide


def _messages(language: str, begins: str) -> Iterator[tuple[str, str, Rows]]:
    renderer = Renderer(ZONE)
    for name, params, of in cases():
        if of == language and name.startswith(begins) and not name.startswith(NO_MESSAGES):
            labels = [renderer.label(each, _VALUES, language, NOW) for each in _buttons(name, params)]
            rows = (labels[at : at + PER_ROW] for at in range(0, len(labels), PER_ROW))
            yield (
                name,
                renderer.text(name, params, language, NOW),
                tuple(tuple(Button(label, "nothing:") for label in row) for row in rows),
            )


def _buttons(name: str, params: Mapping[str, object]) -> Iterable[str]:
    """The labels under a message: what its template names, where the state has them."""
    state = params.get("state")
    if name == "card/complaint":
        return OF_A_CARD if state in WORKED_ON and not params.get("elsewhere") else ()
    if name == "track" and state != "solved":
        return ()
    known = set(_BLOCK.findall((TEMPLATES / "labels.j2").read_text(encoding="utf-8")))
    told = _NAMED.search((TEMPLATES / f"{name}.j2").read_text(encoding="utf-8"))
    return [each for each in re.findall(r"\w+", told.group(1)) if each in known] if told else ()


def _say(district: District, key: str, _name: str, text: str, buttons: Rows) -> str:
    say = Say(key=key, address=district.address(PANCHAYAT), text=text, buttons=buttons)
    return district.run(district.adapter.say(say))


def _item(page: Page, id: str) -> Locator:
    return page.locator(f'li.message[data-id="{id}"]')


def _shot(page: Page, item: Locator) -> tuple[Image.Image, bool]:
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth") and item.evaluate(
        "each => [...each.querySelectorAll('*')].every((part) => part.scrollWidth <= part.clientWidth + 1"
        " || getComputedStyle(part).display === 'inline')"
    )
    return Image.open(BytesIO(item.screenshot(timeout=PATIENCE_MS))), bool(fits)


def _keep(shots: Shots, folder: Path, language: str) -> None:
    (folder / language).mkdir(parents=True, exist_ok=True)
    for name, pictures in shots.items():
        _below([_title(name), *pictures]).save(folder / language / f"{name.replace('/', '-')}.png")
    pieces = [piece for name, pictures in shots.items() for piece in (_title(name), *pictures)]
    for number, sheet in enumerate(_sheets(pieces), start=1):
        sheet.save(folder / f"sheet-{language}-{number:02}.png")


def _title(name: str) -> Image.Image:
    made = Image.new("RGB", (WIDTH, TITLE), "white")
    ImageDraw.Draw(made).text((GAP, 2), name, fill="black")
    return made


def _below(pictures: list[Image.Image]) -> Image.Image:
    """One below the other."""
    made = Image.new("RGB", (WIDTH, sum(each.height + GAP for each in pictures)), "white")
    top = 0
    for each in pictures:
        made.paste(each, ((WIDTH - each.width) // 2, top))
        top += each.height + GAP
    return made


def _sheets(pieces: Iterable[Image.Image]) -> Iterator[Image.Image]:
    """Columns of pieces, as many side by side as a screen shows."""
    columns: list[list[Image.Image]] = [[]]
    for each in pieces:
        if columns[-1] and sum(known.height + GAP for known in columns[-1]) + each.height > LONGEST_COLUMN:
            columns.append([])
        columns[-1].append(each)
    for at in range(0, len(columns), COLUMNS):
        drawn = [_below(each) for each in columns[at : at + COLUMNS]]
        made = Image.new("RGB", (COLUMNS * (WIDTH + GAP), max(each.height for each in drawn)), "gray")
        for place, column in enumerate(drawn):
            made.paste(column, (place * (WIDTH + GAP), 0))
        yield made


if __name__ == "__main__":
    sys.exit(main())
