"""Who is who in the demo district: departments, people, a web group for each department, and the administration's."""

from pathlib import Path

from core.commands import BindGroup
from core.groups import Purpose
from core.imports.departments import alias_sheet, department_sheet, import_departments
from core.imports.people import import_people, people_sheet
from core.imports.report import Progress
from core.office import Office
from core.office_days import holidays_of
from core.people import Actor, Door, Via
from core.store.queries.holidays import freeze_holidays
from core.store.work import Work

DATA = Path(__file__).parents[1] / "data" / "demo"
ACCOUNT = "web"
ADMINISTRATION = "group:administration"


def make_district(office: Office, progress: Progress | None = None) -> None:
    """Bring in who is who, freeze the holidays around the present day, and bind the groups; what is there stays."""
    year = office.clock.now().astimezone(office.settings.office.zone).year
    kept = office.settings.office.holidays
    days = holidays_of(kept.country, kept.state, range(year - 1, year + 2)) if kept.country else []
    office.store.do_now(Work(lambda unit: freeze_holidays(unit, days), key=f"demo:holidays:{year}"))
    import_departments(
        office.store, department_sheet(DATA / "departments.csv"), alias_sheet(DATA / "department_aliases.csv")
    )
    import_people(office.store, people_sheet(DATA / "people.csv"), progress=progress, account=ACCOUNT)
    _bind_groups(office)


def group_of(department: str) -> str:
    """The id of a department's group on the web chat."""
    return f"group:{department.lower()}"


def _bind_groups(office: Office) -> None:
    directory = office.store.read_now(office.store.directory)
    system = Actor(None, Via(Door.COMMAND), system=True)
    wanted = [
        BindGroup(ACCOUNT, group_of(each.code), Purpose.DEPARTMENT, each.code)
        for each in directory.departments.values()
    ]
    wanted.append(BindGroup(ACCOUNT, ADMINISTRATION, Purpose.ADMINISTRATION))
    missing = [each for each in wanted if directory.group_at(ACCOUNT, each.chat) is None]
    if missing:
        office.store.do_now(Work(lambda unit: [office.perform(unit, each, system) for each in missing]))
