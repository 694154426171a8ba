"""The intake form as typed: kept as it is, so that whatever is wrong in it, nothing need be typed again."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desk.files import Kept
from desk.forms import Form, new_key

MOST_ROWS = 8


@dataclass(frozen=True)
class Row:
    """One department's part: what was typed for the department, and the category chosen ("" for none)."""

    department: str = ""
    category: str = ""


@dataclass(frozen=True)
class Typed:
    """Every field of the form. `key`: of this form alone.   anyway: ‘Register as new’ was pressed."""

    key: str
    name: str = ""
    phone: str = ""
    no_phone: bool = False
    village: str = ""
    words: str = ""
    kind: str = "complaint"
    rows: tuple[Row, ...] = (Row(),)
    direction: str = ""
    heard_by: str = ""
    about: str = ""
    language: str = ""
    confidential: bool = False
    waiting: bool = False
    papers: tuple[Kept, ...] = ()
    anyway: bool = False

    def with_row(self) -> "Typed":
        """The same with one more line for a department."""
        return self if len(self.rows) >= MOST_ROWS else replace(self, rows=(*self.rows, Row()))

    def with_papers(self, papers: tuple[Kept, ...]) -> "Typed":
        """The same with these papers too, each once."""
        known = {each.sha256: each for each in (*self.papers, *papers)}
        return replace(self, papers=tuple(known.values()))


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field; the sentence is in part/problem.html. `field` is the field's id on the page."""

    field: str
    reason: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


def blank(heard_by: str = "") -> Typed:
    """An empty form. `heard_by`: who heard the petition before; usually the next one too."""
    return Typed(key=new_key(), heard_by=heard_by)


def typed(form: Form) -> Typed:
    """What came with the form; lines for departments that were left empty are dropped, but one stays."""
    rows = []
    for number in range(MOST_ROWS):
        row = Row(form.text(f"department_{number}").strip(), form.text(f"category_{number}"))
        if row.department or row.category:
            rows.append(row)
    papers = zip(form.texts("paper"), form.texts("paper_name"), strict=False)
    return Typed(
        key=form.text("key"),
        name=form.text("name").strip(),
        phone=form.text("phone").strip(),
        no_phone=form.ticked("no_phone"),
        village=form.text("village").strip(),
        words=form.text("words").strip(),
        kind=form.text("kind") or "complaint",
        rows=tuple(rows) or (Row(),),
        direction=form.text("direction"),
        heard_by=form.text("heard_by"),
        about=form.text("about"),
        language=form.text("language"),
        confidential=form.ticked("confidential"),
        waiting=form.ticked("waiting"),
        papers=tuple(Kept(sha256, name) for sha256, name in papers),
        anyway=form.ticked("anyway"),
    )
