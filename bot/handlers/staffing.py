"""/person and /role: people added, put into departments, given roles; by words or step by step."""

import re
from collections.abc import Callable

from bot.context import Context
from bot.events import Message
from bot.handlers.department_names import departments_named
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.store.asks import Ask
from core.people import DISTRICT_ROLES, Person, Role
from core.people_commands import AddPerson, GiveRole, PutInDepartment, TakeOutOfDepartment, TakeRole
from core.refusals import Forged, NotFound
from core.text import fold

on = Routes()

WHO = Question("who")
WHOSE_ROLE = Question("whose_role")
WHICH_DEPARTMENT_OF = Question("which_department_of")
MOST_OFFERED = 8
_PHONE = re.compile(r"[+\d][\d\s-]{8,}$")
_LONGEST_ID = 18
ROLES = tuple(role for role in Role if role in DISTRICT_ROLES)


@on.command("person", role=(Role.NODAL_OFFICER, Role.ADMINISTRATOR), anywhere=True)
def person(ctx: Context, words: str) -> None:
    """/person NAME PHONE: whoever is known is shown, anybody else can be added."""
    ctx.stop_all_asking()
    if words.strip():
        _look_up(ctx, words, _show_person, may_be_new=True)
    else:
        ctx.ask_back(WHO, "person_prompt", buttons=[[ButtonSpec("cancel", "cancel:")]])


@on.answer(WHO)
def take_the_name(ctx: Context, ask: Ask, answer: Message) -> None:
    """The name, asked for."""
    person(ctx, answer.text)


@on.choice("add_person", role=Role.NODAL_OFFICER)
def add(ctx: Context, rest: str) -> None:
    """Add who was named, and ask for the department."""
    ask = ctx.open_question(WHO)
    if ask is None:
        ctx.toast("press_again")
        return
    ctx.stop_asking(WHO)
    done = ctx.do(AddPerson(str(ask.data["name"]), phone=str(ask.data["phone"])))
    assert isinstance(done.value, Person)
    _ask_department(ctx, done.value)


@on.choice("put_in", role=Role.NODAL_OFFICER)
def ask_department(ctx: Context, rest: str) -> None:
    """Which department they belong to."""
    _ask_department(ctx, _person(ctx, rest))


@on.answer(WHICH_DEPARTMENT_OF)
def put_in(ctx: Context, ask: Ask, answer: Message) -> None:
    """The department by its name, its letters or what people call it."""
    of = _person(ctx, str(ask.data["person"]))
    found = departments_named(ctx.directory, answer.text)
    if len(found) == 1:
        ctx.do(PutInDepartment(of.id, found[0].code, head=_heads(ctx, of, found[0].id)))
        _show_person(ctx, _person(ctx, str(of.id)))
    else:
        _ask_department(ctx, of, answer.text)


@on.choice("make_head", role=Role.NODAL_OFFICER)
def make_head(ctx: Context, rest: str) -> None:
    """The department has one head: who was it so far stays a member."""
    id, letters = _two(rest)
    ctx.do(PutInDepartment(_person(ctx, id).id, letters, head=True))
    _show_person(ctx, _person(ctx, id))


@on.choice("take_out", role=Role.NODAL_OFFICER)
def take_out(ctx: Context, rest: str) -> None:
    """They do not belong to the department any more; what they did stays theirs."""
    id, letters = _two(rest)
    ctx.do(TakeOutOfDepartment(_person(ctx, id).id, letters))
    _show_person(ctx, _person(ctx, id))


@on.choice("person", role=Role.NODAL_OFFICER)
def show(ctx: Context, rest: str) -> None:
    """This one of those of the name."""
    _show_person(ctx, _person(ctx, rest))


@on.command("role", role=Role.ADMINISTRATOR, anywhere=True)
def role(ctx: Context, words: str) -> None:
    """/role NAME: a button for each role, to give it or to take it."""
    ctx.stop_all_asking()
    if words.strip():
        _look_up(ctx, words, _show_roles, may_be_new=False)
    else:
        ctx.ask_back(WHOSE_ROLE, "role_prompt", buttons=[[ButtonSpec("cancel", "cancel:")]])


@on.answer(WHOSE_ROLE)
def take_whose_role(ctx: Context, ask: Ask, answer: Message) -> None:
    """The name, asked for."""
    role(ctx, answer.text)


@on.choice("roles", role=Role.ADMINISTRATOR)
def show_roles(ctx: Context, rest: str) -> None:
    """This one of those of the name."""
    _show_roles(ctx, _person(ctx, rest))


@on.choice("give_role", role=Role.ADMINISTRATOR)
def give(ctx: Context, rest: str) -> None:
    """Give the role."""
    id, name = _two(rest)
    ctx.do(GiveRole(_person(ctx, id).id, _role(name)))
    _show_roles(ctx, _person(ctx, id))


@on.choice("take_role", role=Role.ADMINISTRATOR)
def take(ctx: Context, rest: str) -> None:
    """Take the role; the last administrator stays."""
    id, name = _two(rest)
    ctx.do(TakeRole(_person(ctx, id).id, _role(name)))
    _show_roles(ctx, _person(ctx, id))


def _look_up(ctx: Context, words: str, show_one: Callable[[Context, Person], None], may_be_new: bool) -> None:
    phone = _PHONE.search(words.strip())
    name = words.strip()[: phone.start()].strip(" ,") if phone else words.strip()
    found = _named(ctx, name)
    if len(found) == 1:
        show_one(ctx, found[0])
    elif found:
        action = "person" if may_be_new else "roles"
        offers = [
            ButtonSpec("person_name", f"{action}:{each.id}", {"name": ctx.person_name(each.id)}) for each in found
        ]
        ctx.reply("person_which", name=name[:60], buttons=[[each] for each in offers[:MOST_OFFERED]])
    elif may_be_new and name:
        data = {"name": name[:200], "phone": phone.group() if phone else ""}
        buttons = [[ButtonSpec("add_person", "add_person:"), ButtonSpec("cancel", "cancel:")]]
        ctx.ask_back(WHO, "person_new", data=data, buttons=buttons, name=name[:60], phone=data["phone"])
    else:
        raise NotFound("person", words.strip()[:40])


def _named(ctx: Context, name: str) -> list[Person]:
    """Whoever is called exactly so; else those whose names hold the words."""
    wanted = " ".join(fold(name).split())
    names = {
        each.id: {fold(each.name_hi).strip(), fold(each.name_en).strip()} for each in ctx.directory.people.values()
    }
    exact = [each for each in ctx.directory.people.values() if wanted in names[each.id]]
    return exact or [
        each for each in ctx.directory.people.values() if wanted and any(wanted in own for own in names[each.id])
    ]


def _show_person(ctx: Context, person: Person) -> None:
    of = ctx.directory.memberships_of(person.id)
    letters = {each.department: ctx.directory.departments[each.department].code for each in of}
    buttons = [[ButtonSpec("put_in", f"put_in:{person.id}")]]
    for each in of:
        code = {"department_code": letters[each.department]}
        take = ButtonSpec("take_out", f"take_out:{person.id}:{letters[each.department]}", code)
        head = ButtonSpec("make_head", f"make_head:{person.id}:{letters[each.department]}", code)
        buttons.append([take] if each.head else [head, take])
    ctx.reply(
        "person",
        name=ctx.person_name(person.id),
        departments=[{"name": ctx.department_name(each.department), "head": each.head} for each in of],
        roles=[each.value for each in ROLES if each in person.roles],
        known=bool(ctx.directory.identities(person.id)),
        buttons=buttons,
    )


def _show_roles(ctx: Context, person: Person) -> None:
    ctx.reply(
        "person_roles",
        name=ctx.person_name(person.id),
        roles=[each.value for each in ROLES if each in person.roles],
        buttons=[
            [
                ButtonSpec("take_role", f"take_role:{person.id}:{each.value}", {"role": each.value})
                if each in person.roles
                else ButtonSpec("give_role", f"give_role:{person.id}:{each.value}", {"role": each.value})
            ]
            for each in ROLES
        ],
    )


def _ask_department(ctx: Context, person: Person, typed: str = "") -> None:
    ctx.ask_back(
        WHICH_DEPARTMENT_OF,
        "person_department",
        data={"person": person.id},
        buttons=[[ButtonSpec("cancel", "cancel:")]],
        name=ctx.person_name(person.id),
        typed=typed.strip()[:40],
    )


def _heads(ctx: Context, person: Person, department: int) -> bool:
    return any(each.head and each.department == department for each in ctx.directory.memberships_of(person.id))


def _person(ctx: Context, id: str) -> Person:
    if not (id.isascii() and id.isdigit()) or len(id) > _LONGEST_ID or int(id) not in ctx.directory.people:
        raise Forged("button")
    return ctx.directory.people[int(id)]


def _two(rest: str) -> tuple[str, str]:
    first, _, second = rest.partition(":")
    return first, second


def _role(name: str) -> Role:
    if name not in {each.value for each in ROLES}:
        raise Forged("button")
    return Role(name)
