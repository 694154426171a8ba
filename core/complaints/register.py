"""Registering: a petition's fields checked, and the complaint that each of its parts becomes."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from core import codes
from core.commands import Part, RegisterPetition
from core.complaints.happened import Registered
from core.complaints.rules import OfficeRules
from core.departments import Department
from core.directory import Directory
from core.people import Actor, Role
from core.petitions import Petition, read_phone
from core.refusals import Invalid, NotAllowed
from core.settings import LETTERS
from core.sla import due_at_registration

LONGEST = {"name": 200, "village": 200, "words": 8000}
"""Most code points in each field of a petition."""


def check(petition: RegisterPetition, by: Actor, directory: Directory) -> RegisterPetition:
    """The petition as it is kept: phone in ten digits, texts trimmed. Raises NotAllowed, or Invalid for a field."""
    if not by.has(Role.OPERATOR, Role.NODAL_OFFICER, Role.SENIOR, Role.ADMINISTRATOR):
        raise NotAllowed(Role.OPERATOR)
    texts = {name: getattr(petition, name).strip() for name in LONGEST}
    for name, text in texts.items():
        if not text:
            raise Invalid(name, "empty")
        if len(text) > LONGEST[name]:
            raise Invalid(name, "too_long", str(len(text)), str(LONGEST[name]))
    if not petition.parts:
        raise Invalid("department", "empty")
    letters = [department_of(part, directory).code for part in petition.parts]
    if len(set(letters)) != len(letters):
        raise Invalid("department", "twice", next(each for each in letters if letters.count(each) > 1))
    if petition.about is not None and petition.about not in directory.departments:
        raise Invalid("about", "unknown", str(petition.about))
    if petition.heard_by is not None and petition.heard_by not in directory.people:
        raise Invalid("heard_by", "unknown", str(petition.heard_by))
    phone = read_phone(petition.phone)
    departments = [department_of(part, directory) for part in petition.parts]
    if phone and any(phone in _phones_of(each, directory) for each in departments):
        raise Invalid("phone", "of_an_officer", phone)
    return replace(petition, phone=phone, **texts)


def _phones_of(department: Department, directory: Directory) -> set[str]:
    """The numbers of those who must act: who answers there would confirm their own work."""
    phones = set()
    for person in directory.members(department.id):
        with suppress(Invalid):
            phones.add(read_phone(person.phone))
    return phones - {""}


def department_of(part: Part, directory: Directory) -> Department:
    """The department that must act on a part. Raises Invalid for an unknown department or category."""
    department = directory.department(part.department)
    if department is None:
        raise Invalid("department", "unknown", part.department)
    if part.category not in LETTERS:
        raise Invalid("category", "unknown", part.category, ", ".join(LETTERS))
    return department


def registered(
    petition: Petition, part: Part, id: int, serial: int, at: datetime, directory: Directory, rules: OfficeRules
) -> Registered:
    """The first fact of a complaint: its code, and its due time by the category."""
    department = department_of(part, directory)
    category = next(rule for rule in rules.settings.categories.rules() if rule.letter == part.category)
    return Registered(
        at=at,
        by=petition.registered_by,
        id=id,
        code=codes.make(department.code, serial),
        petition=petition.id,
        department=department.id,
        category=part.category,
        day=rules.calendar.day_of(at),
        due=due_at_registration(at, category, rules.calendar, rules.settings),
        confidential=petition.confidential,
        about=petition.about,
        heard_by=petition.heard_by,
        direction=petition.direction,
        complainant=petition.name,
        phone=petition.phone,
        place=petition.village,
        words=petition.words,
    )
