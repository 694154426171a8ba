"""/setup: what an office still lacks, and what to do about it (docs/design.md §4, Who may do what)."""

from collections.abc import Iterable

from bot.context import Context
from bot.outbox import ButtonSpec, Priority
from bot.routing import Hour, Routes
from bot.speaking import Speaking
from core.departments import Department
from core.people import Role
from core.readiness import missing

on = Routes()

MOST_NAMED = 12
PARTS = ("without_group", "without_head", "unreachable")
MORNING_PARTS = ("without_group", "without_head")


@on.command("setup", role=Role.NODAL_OFFICER, anywhere=True)
def tell_what_is_missing(ctx: Context, words: str) -> None:
    """The counts, the first letters of each, and a button for the whole list where there are more."""
    lacks = missing(ctx.directory)
    of_part = {part: _letters(getattr(lacks, part)) for part in PARTS}
    long = [part for part in PARTS if len(of_part[part]) > MOST_NAMED]
    ctx.reply(
        "setup",
        complete=lacks.nothing,
        administration=lacks.administration,
        parts=[
            {"part": part, "total": len(letters), "letters": letters[:MOST_NAMED]}
            for part, letters in of_part.items()
            if letters
        ],
        link=ctx.around.link,
        buttons=[[ButtonSpec(f"all_{part}", f"setup_all:{part}")] for part in long],
    )


@on.daily("morning check", Hour.OPENING)
def tell_what_is_missing_every_morning(speaking: Speaking) -> None:
    """Once, in the administration group; where there is none, to each administrator. Nothing missing, nothing said."""
    lacks = missing(speaking.directory)
    of_part = {part: _letters(getattr(lacks, part)) for part in MORNING_PARTS}
    if lacks.administration and not any(of_part.values()):
        return
    administrators = speaking.directory.with_role(Role.ADMINISTRATOR)
    private = tuple(chat for each in administrators for chat in speaking.private(each.id))
    for chat in speaking.administration() or private:
        speaking.say(
            chat,
            "morning_check",
            priority=Priority.DIGEST,
            administration=lacks.administration,
            parts=[
                {"part": part, "total": len(letters), "letters": letters[:MOST_NAMED]}
                for part, letters in of_part.items()
                if letters
            ],
        )


@on.choice("setup_all", role=Role.NODAL_OFFICER)
def name_all(ctx: Context, part: str) -> None:
    """Every department that lacks this, by its letters and name."""
    if part not in PARTS:
        ctx.toast("press_again")
        return
    found: tuple[Department, ...] = getattr(missing(ctx.directory), part)
    rows = [{"code": each.code, "name": ctx.department_name(each.id)} for each in found]
    ctx.reply("setup_all", part=part, rows=rows)


def _letters(departments: Iterable[Department]) -> list[str]:
    return [each.code for each in departments]
