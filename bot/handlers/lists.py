"""Commands that show: /status, /list, /mine, /overdue."""

from bot.context import Context
from bot.handlers.cards import brief_facts, card_buttons, card_facts
from bot.handlers.citizens import where_it_stands
from bot.handlers.meant import complaint_named
from bot.handlers.options import options
from bot.handlers.picking import offer_complaints
from bot.routing import Routes
from bot.speaking import How, button
from core.complaints import Complaint
from core.people import Role
from core.store.queries.complaints import (
    Page,
    complaints_of_petitions,
    complaints_with,
    open_complaints,
    overdue_complaints,
)

on = Routes()

ROWS = 20


@on.command("status")
def status(ctx: Context, words: str) -> None:
    """/status CODE: the card, or to a complainant where their complaint stands."""
    complaint = complaint_named(ctx, words)
    if complaint is not None and ctx.person is None:
        where_it_stands(ctx, complaint)
    elif complaint is not None:
        show_status(ctx, complaint)
    elif not words.strip() and ctx.person is None:
        mine(ctx, words)
    elif ctx.person is None:
        ctx.reply("code_unknown", typed=words.strip()[:40])
    else:
        offer_complaints(ctx, "show_status", words)


@on.command("list", role=Role.MEMBER)
def open_in_the_department(ctx: Context, words: str) -> None:
    """/list: the open complaints of this group's department, or of the reader's."""
    departments = departments_of_reader(ctx)
    _say_page(ctx, "list", open_complaints(ctx.fresh, departments, ROWS), department=_heading(ctx, departments))


@on.command("overdue", role=Role.MEMBER)
def past_due(ctx: Context, words: str) -> None:
    """/overdue: what is past its due time."""
    departments = departments_of_reader(ctx)
    page = overdue_complaints(ctx.fresh, departments, ctx.unit.now, ROWS)
    _say_page(ctx, "overdue", page, department=_heading(ctx, departments))


@on.command("mine")
def mine(ctx: Context, words: str) -> None:
    """/mine: what is with the reader; to a complainant what they brought."""
    if ctx.person is not None:
        _say_page(ctx, "mine", complaints_with(ctx.fresh, ctx.person.id, ROWS))
        return
    ctx.need_person_in_group()
    brought = complaints_of_petitions(ctx.fresh, ctx.petitions)
    ctx.reply("mine_of_complainant", rows=[brief_facts(ctx, each) for each in brought])


@on.button("show_status", role=Role.MEMBER)
def show_status(ctx: Context, complaint: Complaint) -> None:
    """The card as it is now, at the end of the chat, where whoever asked is looking."""
    actor = ctx.actor()
    of_the_group = ctx.group is not None and ctx.group.department in (None, complaint.department)
    if not (of_the_group or (ctx.direct and (actor.roles or actor.belongs_to(complaint.department)))):
        ctx.reply("elsewhere", code=complaint.code, department2=ctx.department_name(complaint.department))
        return
    may_confirm = actor.has(Role.SENIOR) if ctx.direct else None
    buttons = card_buttons(ctx, complaint, ctx.address, may_confirm)
    if ctx.direct and not may_confirm and options(complaint, actor):
        buttons = [*buttons, [button("more_options", complaint)]]
    facts = card_facts(ctx, complaint, ctx.address)
    ctx.put(ctx.address, "status", facts, How(buttons, reply_to=ctx.message, about=complaint))


def departments_of_reader(ctx: Context) -> frozenset[int] | None:
    """The group's department; else the reader's own; None (all) for whoever sees the whole district."""
    if ctx.group is not None and ctx.group.department is not None:
        return frozenset({ctx.group.department})
    actor = ctx.actor()
    return None if actor.roles else actor.member_of | actor.head_of


def _heading(ctx: Context, departments: frozenset[int] | None) -> object:
    if departments is None or len(departments) != 1:
        return ""
    return ctx.department_name(next(iter(departments)))


def _say_page(ctx: Context, template: str, page: Page, **params: object) -> None:
    ctx.unit.read_petitions(complaint.petition for complaint in page.complaints)
    rows = [brief_facts(ctx, complaint) for complaint in page.complaints]
    ctx.put(ctx.address, template, {"total": page.total, "rows": rows, **params}, How(reply_to=ctx.message))
