"""/new: an operator registers a petition step by step, in their own chat with the bot (docs/design.md §5)."""

from bot.context import Context
from bot.events import Message
from bot.handlers.cards import label_of_category
from bot.handlers.department_names import departments_named
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.store.asks import Ask
from core.commands import Part, RegisterPetition
from core.people import Role
from core.petitions import Petition, read_phone
from core.reading import Answer, read_answer
from core.refusals import Invalid
from core.settings import LETTERS
from core.store.queries.complaint_page import open_complaints_with_phone

on = Routes()

FIELD = Question("new_petition")
READY = Question("new_petition_ready")
REGISTER = (Role.OPERATOR, Role.NODAL_OFFICER, Role.SENIOR, Role.ADMINISTRATOR)
FIELDS = ("name", "phone", "village", "words", "department")
"""What is asked for, in this order; then the category and the word to register come by buttons."""


@on.command("new", role=REGISTER, anywhere=True)
def begin(ctx: Context, words: str) -> None:
    """/new: never in a group, where others would read the complainant's name and phone."""
    if not ctx.direct:
        ctx.reply("new_in_private")
        return
    ctx.stop_all_asking()
    _ask_for(ctx, "name", {})


@on.answer(FIELD)
def take_field(ctx: Context, ask: Ask, answer: Message) -> None:
    """One field; a wrong one is told, and asked for again."""
    given = dict(ask.data)
    field = str(given.pop("field"))
    if field == "department":
        _take_department(ctx, given, answer.text)
        return
    given[field] = _checked(ctx, field, answer.text)
    _ask_for(ctx, FIELDS[FIELDS.index(field) + 1], given)


@on.choice("new_category", role=REGISTER)
def take_category(ctx: Context, letter: str) -> None:
    """The category of the department that was named last; then everything is shown once more."""
    ask = ctx.open_question(READY)
    if ask is None or letter not in LETTERS:
        ctx.toast("press_again")
        return
    ctx.stop_asking(READY)
    given = {**ask.data, "parts": [*_parts(ask), f"{ask.data['department']} {letter}"]}
    _show_all(ctx, given)


@on.choice("new_department", role=REGISTER)
def ask_another_department(ctx: Context, rest: str) -> None:
    """Another department must act too."""
    ask = ctx.open_question(READY)
    if ask is None:
        ctx.toast("press_again")
        return
    ctx.stop_asking(READY)
    _ask_for(ctx, "department", dict(ask.data))


@on.choice("new_register", role=REGISTER)
def register(ctx: Context, rest: str) -> None:
    """Register it: the cards go out, and the operator has the codes for the slip."""
    ask = ctx.open_question(READY)
    if ask is None or not _parts(ask):
        ctx.toast("press_again")
        return
    ctx.stop_asking(READY)
    done = ctx.do(
        RegisterPetition(
            name=str(ask.data["name"]),
            phone=str(ask.data["phone"]),
            village=str(ask.data["village"]),
            words=str(ask.data["words"]),
            parts=tuple(Part(*each.split()) for each in _parts(ask)),
        )
    )
    assert isinstance(done.value, Petition)
    rows = [
        {
            "code": entry.complaint.code,
            "department": ctx.department_name(entry.complaint.department),
            "due": entry.complaint.due.at,
        }
        for entry in done.entries
    ]
    ctx.reply("new_registered", name=done.value.name, rows=rows, link=ctx.around.link, petition=done.value.id)


def _take_department(ctx: Context, given: dict[str, object], typed: str) -> None:
    found = departments_named(ctx.directory, typed)
    if len(found) != 1:
        template = "department_near" if found else "department_unknown"
        ctx.reply(template, typed=typed.strip()[:40])
        _ask_for(ctx, "department", given)
        return
    given["department"] = found[0].code
    buttons = [
        [ButtonSpec("category_named", f"new_category:{letter}", label_of_category(ctx, letter))] for letter in LETTERS
    ]
    # By buttons alone: words are no consent to what the complainant will be promised.
    ctx.ask_back(READY, "new_category", data=given, buttons=buttons, department=ctx.department_name(found[0].id))


def _show_all(ctx: Context, given: dict[str, object]) -> None:
    buttons = [
        [ButtonSpec("new_register", "new_register:")],
        [ButtonSpec("new_department", "new_department:"), ButtonSpec("cancel", "cancel:")],
    ]
    phone = str(given["phone"])
    same = open_complaints_with_phone(ctx.fresh, phone) if phone else ()
    parts = given["parts"]
    assert isinstance(parts, list)
    shown = [tuple(str(each).split()) for each in parts]
    ctx.ask_back(
        READY,
        "new_ready",
        data=given,
        buttons=buttons,
        name=given["name"],
        phone=phone,
        village=given["village"],
        words=given["words"],
        rows=[{"department": of, **label_of_category(ctx, letter)} for of, letter in shown],
        same=[each.code for each in same],
    )


def _ask_for(ctx: Context, field: str, given: dict[str, object]) -> None:
    buttons = [[ButtonSpec("cancel", "cancel:")]]
    ctx.ask_back(FIELD, "new_field", data={**given, "field": field}, buttons=buttons, field=field)


@on.answer(READY)
def ask_to_press(ctx: Context, ask: Ask, answer: Message) -> None:
    """Words where a button is needed: the same is shown again."""
    if _parts(ask):
        _show_all(ctx, dict(ask.data))
    else:
        _take_department(ctx, dict(ask.data), str(ask.data["department"]))


def _checked(ctx: Context, field: str, typed: str) -> str:
    text = typed.strip()
    if field == "phone":
        none = read_answer(text, ctx.rules.words) is Answer.NO
        return "" if none else read_phone(text) or _missing(field)
    return text or _missing(field)


def _missing(field: str) -> str:
    raise Invalid(field, "empty")


def _parts(ask: Ask) -> list[str]:
    parts = ask.data.get("parts", [])
    return [str(each) for each in parts] if isinstance(parts, list) else []
