"""Draws the presence chart of a morning before its report is said, once for each language that is read.

It is drawn beside the writer, not in it: a picture takes a third of a second (documents/presence_chart.py).
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.messages import OutgoingFile
from bot.render import Renderer
from bot.window_times import Sitting
from core.attachments import Attachments
from core.judging import Judge, not_receiving
from core.office import Office
from core.presence import NOT_RECEIVING, Attending, Marks, Span, Verdict, length_within, out_for
from core.presence.windows import SLOT
from core.store.queries.marks import marks_on
from core.watching import Watch
from documents.presence_chart import Chart, Row, can_shape, presence_chart

CAME = (Verdict.PRESENT, Verdict.LATE, Verdict.PARTIAL)
EXPECTED = (*CAME, Verdict.ABSENT, Verdict.SEEN_ONLY)
_MEDIA_TYPE = "image/png"


class MorningPictures:
    """Draws, and keeps what it has drawn with the office's files."""

    def __init__(self, office: Office, files: Attachments, renderer: Renderer) -> None:
        self._office = office
        self._files = files
        self._renderer = renderer

    async def draw(self, sitting: Sitting) -> Mapping[str, OutgoingFile]:
        """The chart of the office's window in each language of an administration group; none of a department's own."""
        if sitting.letters:
            return {}
        languages, rows = await self._office.store.read(lambda connection: self._read(connection, sitting))
        name = f"presence-{sitting.window.day.isoformat()}.png"
        drawn = {}
        for language in sorted(languages):
            picture = await asyncio.to_thread(presence_chart, self._chart(sitting, rows, language))
            kept = await self._files.keep_async(picture, name, _MEDIA_TYPE)
            drawn[language] = OutgoingFile(kept.sha256, kept.name, kept.media_type)
        return drawn

    def _read(self, connection: Connection, sitting: Sitting) -> tuple[set[str], tuple[Row, ...]]:
        watch = self._office.watch(connection)
        usual = self._office.settings.office.language
        return {each.language or usual for each in watch.directory.administration()}, chart_rows(watch, sitting)

    def _chart(self, sitting: Sitting, rows: tuple[Row, ...], language: str) -> Chart:
        # Without FriBidi the signs would stand in the wrong order: rather English than unreadable.
        read = language if can_shape() else "en"
        window, zone = sitting.window, self._office.settings.office.zone
        begin, end = window.begin.astimezone(zone), window.end.astimezone(zone)
        said = {"day": window.day, "window_from": f"{begin:%H:%M}", "window_to": f"{end:%H:%M}"}
        unknown = {"not_known": any(None in row.seen for row in rows)}
        notes = self._renderer.plain("chart/notes", unknown, read, window.end)
        starts = [(window.begin + SLOT * number).astimezone(zone) for number in range(columns_of(sitting))]
        return Chart(
            title=self._renderer.plain("chart/title", said, read, window.end),
            columns=tuple(f"{at:%-H:%M}" if at.minute % 30 == 0 else "" for at in starts),
            figure=self._renderer.plain("chart/figure", {}, read, window.end),
            rows=rows,
            notes=tuple(notes.splitlines()),
        )


def chart_rows(watch: Watch, sitting: Sitting) -> tuple[Row, ...]:
    """A row for each department of the window of which anybody is expected, those with most missing first."""
    day, window = sitting.window.day, sitting.window
    judge, marks = Judge(watch, day), marks_on(watch.run, day)
    outages = not_receiving(watch, window.begin, window.end)
    rows = []
    for department in sitting.departments:
        people = [each for each in watch.of(department) if each.is_expected(window)]
        if people:
            verdicts = [judge.verdict(each, marks.get(each.person)) for each in people]
            came, expected = (sum(each in kinds for each in verdicts) for kinds in (CAME, EXPECTED))
            letters = watch.directory.departments[department].code
            rows.append(Row(letters, _seen(sitting, people, marks, outages), came, expected))
    return tuple(sorted(rows, key=lambda row: (row.present - row.total, row.label)))


def columns_of(sitting: Sitting) -> int:
    """How many quarters of an hour the window has, the last perhaps not whole."""
    return -(-(sitting.window.end - sitting.window.begin) // SLOT)


def _seen(
    sitting: Sitting, people: list[Attending], marks: Mapping[int, Marks], outages: Mapping[str, list[Span]]
) -> tuple[int | None, ...]:
    """How many were seen in each quarter; None where nobody was, and none of their accounts was receiving."""
    known = [found for each in people if (found := marks.get(each.person)) is not None]
    out = out_for(frozenset().union(*(each.accounts for each in people)), outages)
    cells: list[int | None] = []
    for number in range(columns_of(sitting)):
        seen = sum((each.strong | each.weak) >> number & 1 for each in known)
        begin = sitting.window.begin + SLOT * number
        cells.append(seen if seen or not _was_out(out, begin, SLOT) else None)
    return tuple(cells)


def _was_out(out: tuple[Span, ...], begin: datetime, length: timedelta) -> bool:
    return length_within(out, begin, begin + length) >= NOT_RECEIVING
