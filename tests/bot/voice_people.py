"""What is said about people, departments, joining, the history, who has seen what: the cases of each template."""

from collections.abc import Mapping
from datetime import date

from bot.render import Bilingual
from core.complaints.kinds import KINDS
from tests.bot.voice_values import (
    CODE,
    DEPARTMENT,
    DEPARTMENT2,
    DUE,
    HEAD,
    NAME,
    OFFICER,
    ROW,
    SOLUTION,
    WHAT,
    at,
)

CODED: Mapping[str, object] = {"code": CODE}

PEOPLE_CASES: Mapping[str, list[Mapping[str, object]]] = {
    "card/join_requests": [
        {"department": DEPARTMENT, "total": total, "names": [NAME] * min(total, 7)} for total in (0, 1, 2, 7, 30)
    ],
    "join_waiting": [{"name": NAME, "head": head} for head in (HEAD, "")],
    "join_list": [{"department": DEPARTMENT, "names": [NAME, OFFICER]}],
    "refusal/nothing_waits": [{}],
    "refusal/leave_overlaps": [{"officer": OFFICER, "first": date(2026, 11, 25), "last": date(2026, 11, 27)}],
    "refusal/no_leave": [{}],
    "refusal/off_duty": [{"officer": OFFICER, "until": until} for until in (date(2026, 12, 1), None)],
    "refusal/already_off_duty": [
        {"officer": OFFICER, "by": by, "at": at(9, 12), "until": date(2026, 12, 1)} for by in (HEAD, "")
    ],
    "refusal/not_off_duty": [{"officer": OFFICER}],
    "refusal/own_duty": [{}],
    "refusal/not_reported": [{"officer": OFFICER, "day": date(2026, 11, 24)}],
    "history": [
        {
            **CODED,
            "earlier": 3,
            "rows": [
                {"what": name, "at": at(9, 12), "who": OFFICER, "officer": HEAD, "department": DEPARTMENT, "due": DUE}
                | {"words": SOLUTION if name == "Solved" else "", "head": head}
                for head in (HEAD, "")
                for name in (kind.__name__ for kind in KINDS.values())
            ],
        }
    ],
    "setup": [
        {"complete": True, "administration": True, "parts": [], "link": ""},
        {
            "complete": False,
            "administration": False,
            "link": "janmilan.example",
            "parts": [
                {"part": part, "total": 2, "letters": ["DPRO", "BDO"]}
                for part in ("without_group", "without_head", "unreachable")
            ],
        },
    ],
    "setup_all": [
        {"part": part, "rows": rows}
        for part in ("without_group", "without_head", "unreachable")
        for rows in ([], [{"code": "DPRO", "name": DEPARTMENT}])
    ],
    "person_prompt": [{}],
    "person_new": [{"name": NAME, "phone": phone} for phone in ("9812345610", "")],
    "person_which": [{"name": NAME}],
    "person_department": [{"name": NAME, "typed": typed} for typed in ("", "12")],
    "person": [
        {"name": NAME, "departments": of, "roles": roles, "known": known}
        for of, roles, known in (
            ([], [], False),
            ([{"name": DEPARTMENT, "head": True}, {"name": DEPARTMENT2, "head": False}], [], True),
            ([], ["senior", "auditor"], True),
        )
    ],
    "role_prompt": [{}],
    "person_roles": [{"name": NAME, "roles": roles} for roles in ([], ["senior", "operator"])],
    "department_letters": [{}],
    "department_name_hi": [{"letters": "DPRO", "department": name} for name in ("", DEPARTMENT)],
    "department_name_en": [{"letters": "DPRO", "department": ""}],
    "department_kept": [{"letters": "DPRO", "department": DEPARTMENT, "added": added} for added in (True, False)],
    "refusal/last_administrator": [{}],
    "new_in_private": [{}],
    "new_field": [{"field": field} for field in ("name", "phone", "village", "words", "department")],
    "new_category": [{"department": DEPARTMENT}],
    "new_ready": [
        {
            "name": NAME,
            "phone": phone,
            "village": Bilingual("बसही", "Basahi"),
            "words": WHAT,
            "rows": [row],
            "same": same,
        }
        for row in ({"department": "DPRO", "letter": "A", "label": Bilingual("आज", "today")},)
        for phone, same in (("9812345610", [CODE]), ("", []))
    ],
    "new_registered": [
        {"name": NAME, "rows": [{"code": CODE, "department": DEPARTMENT, "due": DUE}], "petition": 7, "link": link}
        for link in ("janmilan.example", "")
    ],
    "find_prompt": [{}],
    "found": [{"typed": Bilingual("बसही", "Basahi"), "rows": [ROW] * count, "most": 10} for count in (0, 1, 10)],
    "seen": [
        {
            **CODED,
            "department": DEPARTMENT,
            "rows": [
                {"name": HEAD, "read_at": at(9, 12), "delivered_at": at(9, 10), "would_tell": True},
                {"name": OFFICER, "read_at": None, "delivered_at": at(9, 10), "would_tell": True},
                {"name": OFFICER, "read_at": None, "delivered_at": None, "would_tell": True},
                {"name": OFFICER, "read_at": None, "delivered_at": None, "would_tell": False},
            ],
        },
        {**CODED, "department": DEPARTMENT, "rows": []},
    ],
    "edited_too_late": [{**CODED, "solution": words} for words in (SOLUTION, "")],
    "edited_no_solution": [{**CODED, "solution": SOLUTION, "undo": undo} for undo in (True, False)],
    "deleted_solution": [{**CODED, "solution": SOLUTION, "undo": undo} for undo in (True, False)],
}
