"""Links that bind a group as the bot is added to it (docs/design.md §4, Who may do what).

The link carries the department's letters and a proof that this office made it, so whoever holds the sheet needs no
role. It is good once: as soon as the department has a group on the platform, only a nodal officer gives it another; and
when that group is lost, links of before are old.
"""

import hashlib
import hmac

from bot.context import Context
from bot.outbox import ButtonSpec
from core.commands import BindGroup
from core.groups import Purpose
from core.people import Actor, Door, Via
from core.store.queries.secrets import kept_secret
from core.store.unit import UnitOfWork

ADMINISTRATION = "administration"
PROOF_LENGTH = 16
_SECRET = "group links"


def link_word(unit: UnitOfWork, account: str, department: str | None) -> str:
    """What a link carries for a department (its letters), or for the administration group; `A-Z a-z 0-9 _ -` alone."""
    name = department or ADMINISTRATION
    of = unit.directory.department_id(name)
    lost = (each.id for each in unit.directory.lost_groups if (each.account, each.department) == (account, of))
    told = f"{account}/{name}/{next(lost, '')}"
    proof = hmac.new(kept_secret(unit, _SECRET).encode(), told.encode(), hashlib.sha256).hexdigest()
    return f"{name}-{proof[:PROOF_LENGTH]}"


def bind_by_link(ctx: Context, word: str) -> None:
    """Bind the group as the link says, or say why not and what to do."""
    if not _bound_by(ctx, word):
        ctx.reply("link_wrong")


def _bound_by(ctx: Context, word: str) -> bool:
    name = word.partition("-")[0]
    account = ctx.address.account
    if not hmac.compare_digest(word.encode(), link_word(ctx.unit, account, name).encode()):
        return False
    if name == ADMINISTRATION:
        _bind(
            ctx, Purpose.ADMINISTRATION, None, any(each.account == account for each in ctx.directory.administration())
        )
        return True
    department = ctx.directory.department(name)
    if department is None:
        return False
    has_one = any(each.account == account for each in ctx.directory.groups_of(department.id))
    _bind(ctx, Purpose.DEPARTMENT, department.code, has_one)
    return True


def _bind(ctx: Context, purpose: Purpose, department: str | None, has_one: bool) -> None:
    if ctx.group is not None or (has_one and department is None):
        ctx.reply("link_used")
    elif has_one and department is not None:
        buttons = [[ButtonSpec("yes", f"bind:{department}"), ButtonSpec("cancel", "cancel:")]]
        named = ctx.directory.department(department)
        ctx.reply("bind_taken", buttons=buttons, department=ctx.department_name(named.id) if named else department)
    else:
        by_link = Actor(person=ctx.person.id if ctx.person else None, via=Via(Door.CHAT), system=True)
        command = BindGroup(ctx.address.account, ctx.address.chat, purpose, department)
        ctx.around.office.perform(ctx.unit, command, by_link)
        ctx.tell_what_the_group_is(ctx.address)
