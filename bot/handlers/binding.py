"""/bind: a group is made a department's, or the administration group."""

from bot.context import Context
from bot.handlers.department_names import departments_named
from bot.outbox import ButtonSpec
from bot.routing import Routes
from core.commands import BindGroup
from core.departments import Department
from core.groups import Purpose
from core.people import Role

on = Routes()


@on.command("bind", role=(Role.NODAL_OFFICER, Role.ADMINISTRATOR), anywhere=True)
def bind(ctx: Context, words: str) -> None:
    """/bind DPRO in the department's group; /bind administration in the administration group."""
    if ctx.direct:
        ctx.reply("bind_in_group")
    elif not words.strip():
        ctx.reply("bind_which")
    elif ctx.around.commands.means(words, "administration"):
        _bind_administration(ctx)
    else:
        _bind_department(ctx, words)


@on.choice("bind", role=Role.NODAL_OFFICER)
def bind_all_the_same(ctx: Context, letters: str) -> None:
    """The group takes the department, after being asked."""
    department = ctx.directory.department(letters)
    if department is None or ctx.direct:
        ctx.toast("press_again")
    else:
        _bound(ctx, department)


def _bind_administration(ctx: Context) -> None:
    ctx.do(BindGroup(ctx.address.account, ctx.address.chat, Purpose.ADMINISTRATION))
    ctx.tell_what_the_group_is(ctx.address)


def _bind_department(ctx: Context, words: str) -> None:
    found = departments_named(ctx.directory, words)
    if len(found) != 1:
        if found:
            ctx.reply("department_near", typed=words.strip()[:40], buttons=[[_offer(ctx, each)] for each in found])
        else:
            ctx.reply("department_unknown", typed=words.strip()[:40])
        return
    (department,) = found
    others = [each for each in ctx.directory.groups_of(department.id) if each.account == ctx.address.account]
    buttons = [[ButtonSpec("yes", f"bind:{department.code}"), ButtonSpec("cancel", "cancel:")]]
    if ctx.group is not None and ctx.group.department == department.id:
        ctx.reply("bind_same", department=ctx.department_name(department.id))
    elif ctx.group is not None and ctx.group.department is not None:
        ctx.reply(
            "bind_other",
            buttons=buttons,
            department=ctx.department_name(ctx.group.department),
            department2=ctx.department_name(department.id),
        )
    elif others:
        ctx.reply("bind_taken", buttons=buttons, department=ctx.department_name(department.id))
    else:
        _bound(ctx, department)


def _bound(ctx: Context, department: Department) -> None:
    ctx.do(BindGroup(ctx.address.account, ctx.address.chat, Purpose.DEPARTMENT, department.code))
    ctx.tell_what_the_group_is(ctx.address)


def _offer(ctx: Context, department: Department) -> ButtonSpec:
    params = {"department": ctx.department_name(department.id), "department_code": department.code}
    return ButtonSpec("department", f"bind:{department.code}", params)
