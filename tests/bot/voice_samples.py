"""What every template of the bot is shown with: the values of docs/voice.md 3.1, and the cases of each template."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.render import Bilingual
from core.complaints.kinds import KINDS

ZONE = ZoneInfo("Asia/Kolkata")
LANGUAGES = ("hi", "en")


def at(hour: int, minute: int = 0, day: int = 25, month: int = 11) -> datetime:
    """An instant of 2026, given by the office's wall clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


NOW = at(14, 40)

CODE = "DPRO-1042-22"
CODE2 = "DPRO-1043-19"
WHAT = Bilingual(
    "नाली टूटने से गंदा पानी हैंडपंप के पास भर गया है, बच्चों को उल्टी-दस्त हो रहे हैं",
    "A broken drain has flooded the handpump; children have vomiting and diarrhoea",
)
GIST = Bilingual("हैंडपंप के पास गंदा पानी", "Dirty water at handpump")
NAME = Bilingual("सावित्री देवी", "Savitri Devi")
DEPARTMENT = Bilingual("जिला पंचायत राज अधिकारी", "District Panchayat Raj Officer")
DEPARTMENT2 = Bilingual("जल निगम (ग्रामीण)", "Jal Nigam (Rural)")
OFFICER = Bilingual("सुनीता वर्मा", "Sunita Verma")
HEAD = Bilingual("अशोक यादव", "Ashok Yadav")
SENIOR = Bilingual("एडीएम (नगर)", "ADM (City)")
SOLUTION = Bilingual("नाली की मरम्मत कराई, पानी निकल गया", "Drain repaired, the water has gone")
REASON = Bilingual("सड़क खुदी है, पाइप शुक्रवार को आएगा", "Road is dug up, the pipe comes on Friday")
STILL_WRONG = Bilingual("पानी फिर भर गया है", "the water is back")
DUE = at(18)
UNTIL = at(18, day=27)
DAY = date(2026, 11, 27)
OPENS = at(10, day=27)
RAIN = Bilingual("भारी वर्षा", "heavy rain")
CATEGORY = {"letter": "A", "label": Bilingual("आज", "today"), "days": 0}
ROW = {"code": CODE, "state": "registered", "due": DUE, "gist": GIST, "confidential": False}
ROW2 = ROW | {"code": CODE2, "state": "acknowledged", "due": at(10, 40)}
SIBLINGS = [{"code": CODE2, "department": DEPARTMENT2, "state": "solved"}]
FLAGS = [
    {"flag": flag, "other": CODE2 if flag.startswith("picture") else ""}
    for flag in ("picture_alike", "within_minutes", "unacknowledged", "burst", "picture_used", "far_away")
] + [{"flag": "sample_unanswered", "other": ""}]
COMMANDS = [
    "mine",
    "list",
    "overdue",
    "status",
    "leave",
    "bind",
    "department",
    "person",
    "role",
    "holiday",
    "export",
    "confirm",
    "flags",
]

CARD: Mapping[str, object] = {
    "code": CODE,
    "state": "registered",
    "category": CATEGORY,
    "what": WHAT,
    "place": Bilingual("बसही", "Basahi"),
    "complainant": NAME,
    "phone": "98xxxxxx10",
    "due": DUE,
    "registered_at": at(9, 5),
    "first_due_at": DUE,
    "officer": "",
}
_HELD: Mapping[str, object] = {"state": "acknowledged", "officer": OFFICER, "acknowledged_at": at(9, 12)}
_DONE: Mapping[str, object] = {
    "solution": SOLUTION,
    "solver": OFFICER,
    "solved_at": at(9, 12),
    "in_time": True,
    "asked": "complainant",
    "confirmer": "complainant",
    "closed_at": at(9, 12),
}
_BACK: Mapping[str, object] = {"still_wrong": STILL_WRONG, "first_solution": SOLUTION}
_PAUSED: Mapping[str, object] = {
    "state": "paused",
    "paused_until": OPENS,
    "waits_for": "more_time",
    "pause_reason": REASON,
    "due_then": UNTIL,
}
_FULL: Mapping[str, object] = {"direction": "inquire_and_act", "heard_by": SENIOR, "siblings": SIBLINGS * 5}
_LATE: Mapping[str, object] = {"due": at(10, 40), "told": HEAD}

CARDS: Mapping[str, Mapping[str, object]] = {
    "new": CARD,
    "acknowledged": {**CARD, **_HELD},
    "solved": {**CARD, **_DONE, "state": "solved"},
    "overdue": {**CARD, **_HELD, **_LATE},
    "closed": {**CARD, **_DONE, "state": "closed"},
    "reopened": {**CARD, **_BACK, "state": "reopened"},
    "confidential": {**CARD, "confidential": True, "head": HEAD},
    "transferred": {**CARD, "state": "transferred"},
    "new, moved at registration": {**CARD, "first_due_at": at(18, day=26), "due": at(18, day=26)},
    "new, read on a later day": {**CARD, "registered_at": at(17, day=24), "first_due_at": at(18, day=24)},
    "new, for a week": {**CARD, "category": {"letter": "C", "label": Bilingual("7 दिन", "7 days"), "days": 7}},
    "new, no phone, no place": {**CARD, "phone": "", "place": ""},
    "new, erased": {**CARD, "what": "", "place": "", "complainant": "", "phone": ""},
    "new, everything": {**CARD, **_FULL},
    "acknowledged again, everything": {**CARD, **_HELD, **_BACK, **_FULL},
    "overdue, everything": {**CARD, **_HELD, **_LATE, **_BACK, **_FULL},
    "overdue, nobody has it": {**CARD, **_LATE},
    "overdue, nobody told": {**CARD, **_LATE, "told": ""},
    "overdue, somebody has it, nobody told": {**CARD, **_HELD, **_LATE, "told": ""},
    "directed by nobody": {**CARD, "direction": "report", "heard_by": ""},
    "solved late, everything": {**CARD, **_DONE, **_FULL, "state": "solved", "in_time": False, "solver": ""},
    "solved, the administration is asked": {**CARD, **_DONE, "state": "solved", "asked": "administration"},
    "rejected": {**CARD, "state": "rejected", "ground": "sub_judice"},
    "merged": {**CARD, "state": "merged", "merged_code": CODE2},
    "confidential, rejected": {**CARD, "state": "rejected", "ground": "sub_judice", "confidential": True},
    "confidential, merged": {**CARD, "state": "merged", "merged_code": CODE2, "confidential": True},
    "closed by a senior": {**CARD, **_DONE, "state": "closed", "confirmer": SENIOR},
    "closed, unconfirmed": {**CARD, **_DONE, "state": "closed", "unconfirmed": True, "confirmer": ""},
    "solved, flagged": {**CARD, **_DONE, **_FULL, "state": "solved", "flags": FLAGS},
    "elsewhere": {**CARD, "state": "transferred", "elsewhere": DEPARTMENT2},
    "elsewhere, confidential": {**CARD, "state": "transferred", "elsewhere": DEPARTMENT2, "confidential": True},
    "confidential, acknowledged": {**CARD, **_HELD, "confidential": True, "head": ""},
    "confidential, overdue": {**CARD, **_LATE, "confidential": True, "head": HEAD},
    "confidential, solved": {**CARD, **_DONE, "state": "solved", "confidential": True},
    "confidential, closed": {**CARD, **_DONE, "state": "closed", "confidential": True},
    "paused": {**CARD, **_PAUSED},
    "paused, everything": {**CARD, **_FULL, **_PAUSED, "officer": OFFICER, "waits_for": "court"},
    "paused, overdue before": {**CARD, **_PAUSED, "due": at(10, 40)},
    "confidential, paused": {**CARD, **_PAUSED, "confidential": True, "head": HEAD},
    "time asked for": {**CARD, "time_asked": DAY},
    "time asked for, everything": {**CARD, **_HELD, **_BACK, **_FULL, "time_asked": DAY},
    "time asked for, overdue, everything": {**CARD, **_HELD, **_LATE, **_FULL, "time_asked": DAY},
    "confidential, time asked for": {**CARD, "confidential": True, "head": HEAD, "time_asked": DAY},
    "confidential, reopened": {**CARD, "state": "reopened", "confidential": True, "head": HEAD},
}

_CODED: Mapping[str, object] = {"code": CODE}
_WINDOW: Mapping[str, object] = {"window_from": "09:00", "window_to": "11:00"}
_OTHER: Mapping[str, object] = {"code": CODE2, "department": DEPARTMENT2, "due": UNTIL}
_RECEIPT: Mapping[str, object] = {**_CODED, "name": NAME, "department": DEPARTMENT, "due": DUE}
_TRACK: Mapping[str, object] = {
    **_CODED,
    **_DONE,
    **_HELD,
    "department": DEPARTMENT,
    "due": DUE,
    "reopen_until": at(0, day=11, month=12),
}


def _lists(**given: object) -> list[Mapping[str, object]]:
    return [
        {**given, "total": 0, "rows": []},
        {**given, "total": 1, "rows": [ROW]},
        {**given, "total": 1042, "rows": [ROW, ROW2] * 10},
    ]


CASES: Mapping[str, list[Mapping[str, object]]] = {
    "about": [_CODED],
    "acknowledge_ask": [_CODED],
    "administration_bound": [{}],
    "already_solved": [{**_CODED, "solution": SOLUTION, "officer": who, "at": at(9, 12)} for who in (OFFICER, "")],
    "ask_expired": [{}],
    "ask_polite": [{}],
    "ask_solved": [
        {**_CODED, "name": NAME, "department": DEPARTMENT, "solution": SOLUTION, "others": others}
        for others in ([], [{"code": CODE2, "department": DEPARTMENT2, "solution": SOLUTION}])
    ],
    "ask_solved_again": [_CODED],
    "bind_in_group": [{}],
    "bind_other": [{"department": DEPARTMENT, "department2": DEPARTMENT2}],
    "bind_same": [{"department": DEPARTMENT}],
    "bind_taken": [{"department": DEPARTMENT}],
    "bind_which": [{}],
    "card/complaint": list(CARDS.values()),
    "card/complaint_brief": [
        ROW | {"state": "paused", "paused_until": OPENS, "due": at(18, day=24)},
        *({**ROW, "state": state} for state in ("registered", "solved", "closed", "unconfirmed", "reopened")),
        ROW | {"state": "transferred"},
        ROW2,
        ROW | {"confidential": True},
    ],
    "category_why": [{**_CODED, "category": CATEGORY}],
    "choices": [
        {"choices": [{"number": 1, "label": "-"}, {"number": 2, "label": "-"}], "by_reply": reply, "code": code}
        for reply, code in ((True, CODE), (False, CODE), (True, ""))
    ],
    "closed": [{**_CODED, "confirmer": who, "closed_at": at(9, 12)} for who in ("complainant", SENIOR)],
    "closed_unconfirmed": [
        {**_CODED, "days": 5, "until": at(0, day=11, month=12), "asked": asked}
        for asked in ("complainant", "administration")
    ],
    "code_near": [{"typed": "DPRO-1042-23"}],
    "code_unknown": [{"typed": "DPRO-1042-23"}, {"typed": "DPRO-1042-23", "code": CODE2}],
    "confidential_told": [CARD, {**CARD, "phone": "", "place": ""}],
    "could_not": [{"ref": "F-2381"}],
    "department_near": [{"typed": "जल"}],
    "department_unknown": [{"typed": "जल"}],
    "elsewhere": [{**_CODED, "department2": DEPARTMENT2}],
    "file_missing": [_CODED],
    "file_too_large": [{"size": 20, "limit": 10}],
    "files_left_out": [{"number": 1}, {"number": 3}],
    "flagged": [
        {"total": 0, "rows": []},
        {"total": 1, "rows": [{"code": CODE, "flags": FLAGS[3:]}]},
        {"total": 30, "rows": [{"code": CODE, "flags": [each]} for each in FLAGS]},
    ],
    "give_time_late": [_CODED],
    "give_time_prompt": [_CODED],
    "group_bound": [{"department": DEPARTMENT, **_WINDOW}],
    "group_unbound": [{}],
    "help": [
        *(
            {"role": role, "commands": [*COMMANDS, "language", "privacy"], "link": "janmilan.example"}
            for role in ("member", "head", "operator", "nodal_officer", "senior", "administrator", "auditor")
        ),
        {"role": "complainant", "commands": ["language"]},
        {"role": "member", "commands": ["mine", "list", "overdue", "status", "leave", "language"]},
        {"role": "member", "commands": []},
    ],
    "holiday_confirm": [{"day": DAY, "holiday": RAIN, "number": number} for number in (0, 1, 10_000)],
    "holiday_declared": [{"day": DAY, "holiday": RAIN, "number": number} for number in (0, 1, 10_000)],
    "holiday_moved": [
        {"day": DAY, "holiday": RAIN, "due": at(18, day=28), "department": "", "codes": [CODE], "number": 1},
        {"day": DAY, "holiday": RAIN, "due": UNTIL, "department": DEPARTMENT, "codes": [CODE, CODE2] * 6, "number": 99},
    ],
    "holiday_name": [{"day": DAY}],
    "holiday_prompt": [{}],
    "holiday_which": [{}],
    "is_it_solution": [_CODED],
    "language_ask": [{}],
    "language_set": [{}, {"group": True}],
    "list": [*_lists(department=DEPARTMENT), *_lists(department="")],
    "look_again": [_CODED],
    "look_asked": [
        {
            **_CODED,
            "name": HEAD,
            "department": DEPARTMENT,
            "what": WHAT,
            "place": CARD["place"],
            "solution": SOLUTION,
            "until": UNTIL,
        }
    ],
    "look_noted": [_CODED],
    "mine": _lists(),
    "mine_of_complainant": [{"rows": []}, {"rows": [ROW]}, {"rows": [ROW, ROW2]}],
    "more_time_ask": [_CODED],
    "more_time_asked": [
        {**_CODED, "officer": OFFICER, "until": UNTIL, "reason": REASON, "due": DUE, "due_then": None},
        {**_CODED, "officer": "", "until": UNTIL, "reason": "", "due": DUE, "due_then": at(18, day=30)},
    ],
    "more_time_declined": [{**_CODED, "senior": SENIOR, "due": DUE, "reason": reason} for reason in (REASON, "")],
    "more_time_given": [
        {**_CODED, "senior": SENIOR, "until": UNTIL, "due": due, "late": late}
        for due, late in ((DUE, False), (at(18, day=24), True))
    ],
    "more_time_prompt": [_CODED],
    "more_time_sent": [{**_CODED, "until": DAY}],
    "no_time_prompt": [_CODED],
    "not_allowed": [
        *({"role": role, "senior": SENIOR} for role in ("member", "head", "operator", "nodal_officer", "senior")),
        {"role": "administrator"},
        {"role": "auditor"},
    ],
    "not_ours_ask": [_CODED],
    "not_ours_prompt": [_CODED],
    "not_ours_reason": [{**_CODED, "department2": DEPARTMENT2}],
    "not_understood": [{}],
    "note_kept": [_CODED],
    "overdue": [*_lists(department=DEPARTMENT), *_lists(department="")],
    "own_solution": [{**_CODED, "asked": asked} for asked in ("complainant", "administration")],
    "pause_for": [_CODED],
    "pause_prompt": [_CODED],
    "paused": [
        {**_CODED, "until": OPENS, "waits_for": "court", "senior": SENIOR, "reason": REASON},
        {**_CODED, "until": OPENS, "waits_for": "complainant", "senior": "", "reason": ""},
    ],
    "paused_already": [{**_CODED, "until": OPENS}],
    "phone_last_four": [_CODED],
    "phone_last_four_over": [{**_CODED, "until": UNTIL}],
    "phone_last_four_wrong": [_CODED],
    "phone_none": [_CODED],
    "photo_missing": [{**_CODED, "kind": kind} for kind in ("photo", "paper", "place")],
    "photo_used": [{**_CODED, "code2": CODE2}],
    "polite_noted": [{}],
    "press_again": [{}],
    "privacy": [{"period": timedelta(days=days)} for days in (365, 730, 30, 90, 1, 10)],
    "recategorised": [
        {**_CODED, "category": CATEGORY, "due": DUE, "senior": senior, "reason": reason}
        for senior, reason in ((SENIOR, REASON), ("", ""))
    ],
    "receipt": [
        {**_RECEIPT, "link": "janmilan.example/c"},
        {**_RECEIPT, "link": ""},
        {**_RECEIPT, "others": [_OTHER]},
        {**_RECEIPT, "others": [_OTHER, _OTHER]},
    ],
    "refusal/already_asked": [{**_CODED, "by": by, "until": DAY} for by in (OFFICER, "")],
    "refusal/already_paused": [{**_CODED, "until": OPENS}],
    "refusal/closed_already": [
        {"day": DAY, "why": "declared", "name_hi": "भारी वर्षा", "name_en": "Heavy rain"},
        {"day": date(2026, 11, 29), "why": "weekday", "name_hi": "", "name_en": ""},
    ],
    "refusal/due_over": [{**_CODED, "due": at(10, 40)}],
    "refusal/not_paused": [_CODED],
    "refusal/nothing_asked": [
        {**_CODED, "by": SENIOR, "at": at(9, 12), "until": UNTIL},
        {**_CODED, "by": SENIOR, "at": at(9, 12), "until": None},
        {**_CODED, "by": "", "at": None, "until": None},
    ],
    "refusal/same_category": [{**_CODED, "category": "A"}],
    "refusal/time_left": [{**_CODED, "until": DAY, "due": at(18, day=28)}],
    "refusal/too_many_pauses": [{**_CODED, "pauses": 2}],
    "refusal/already_acknowledged": [{**_CODED, "officer": who, "at": at(9, 12)} for who in (OFFICER, "")],
    "refusal/already_closed": [{**_CODED, "at": at(9, 12)}],
    "refusal/already_solved": [{**_CODED, "words": SOLUTION, "by": OFFICER, "at": at(9, 12)}],
    "refusal/forged": [{"what": "button"}, {"what": "link"}],
    "refusal/invalid": [
        {"field": field, "reason": reason, "value": value, "limit": limit}
        for field, reason, value, limit in (
            ("last_four", "wrong", "", ""),
            ("phone", "length", "98123", "5"),
            ("language", "unknown", "ur", "hi, en"),
            ("department", "unknown", "जल", ""),
            ("category", "unknown", "D", "A, B, C"),
            ("words", "empty", "", ""),
            ("words", "too_long", "70000", "4000"),
            ("about", "unknown", "", ""),
            ("letters", "unknown", "12", ""),
            ("letters", "taken", "DPRO", ""),
            ("reason", "empty", "", ""),
            *(("until", reason, DAY, date(2026, 11, 28)) for reason in ("past", "today", "closed_day", "too_far")),
            ("day", "past", DAY, date(2026, 11, 28)),
        )
    ],
    "refusal/not_allowed": [{"role": "senior", "code": None, "senior": SENIOR}, {"role": "head", "code": CODE}],
    "refusal/not_found": [
        {"what": what, "typed": "DPRO-1042-23"} for what in ("complaint", "department", "person", "group")
    ],
    "refusal/not_solved": [_CODED],
    "refusal/own_solution": [_CODED],
    "refusal/photo_missing": [{**_CODED, "words": SOLUTION, "kind": kind} for kind in ("photo", "paper", "place")],
    "refusal/photo_used": [{**_CODED, "words": SOLUTION, "used_in": CODE2}],
    "refusal/reopen_over": [{**_CODED, "until": at(0, day=24)}],
    "refusal/same_department": [{**_CODED, "department": DEPARTMENT}],
    "refusal/too_many_transfers": [{**_CODED, "moves": 3}],
    "refusal/too_short": [{**_CODED, "short": "देख लिया गया"}],
    "refusal/undo_over": [{**_CODED, "until": until} for until in (at(9, 12), None)],
    "refusal/wrong_department": [{**_CODED, "department": DEPARTMENT2}],
    "card/join_requests": [
        {"department": DEPARTMENT, "total": total, "names": [NAME] * min(total, 7)} for total in (0, 1, 2, 7, 30)
    ],
    "join_waiting": [{"name": NAME, "head": head} for head in (HEAD, "")],
    "join_list": [{"department": DEPARTMENT, "names": [NAME, OFFICER]}],
    "refusal/nothing_waits": [{}],
    "history": [
        {
            **_CODED,
            "earlier": 3,
            "rows": [
                {"what": name, "at": at(9, 12), "who": OFFICER, "officer": HEAD, "department": DEPARTMENT, "due": DUE}
                | {"words": SOLUTION if name == "Solved" else ""}
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
    "reject_which": [_CODED],
    "reject_sure": [{**_CODED, "ground": "sub_judice", "told": told} for told in (True, False)],
    "rejected": [{**_CODED, "ground": "sub_judice", "senior": SENIOR, "words": words} for words in ("", REASON)],
    "rejected_told": [
        {**_CODED, "ground": ground}
        for ground in ("personal_dispute", "right_to_information", "not_this_district", "already_decided")
    ],
    "merge_which": [_CODED],
    "merge_sure": [{**_CODED, "code2": CODE2}],
    "merged": [{**_CODED, "code2": CODE2}],
    "merged_told": [{**_CODED, "code2": CODE2}],
    "joined_ended": [{**_CODED, "code2": CODE2, "rejected": rejected} for rejected in (True, False)],
    "unmerged": [{**_CODED, "due": DUE}],
    "assign_whom": [_CODED],
    "assigned_to": [{**_CODED, "officer": OFFICER}],
    "assigned": [
        {**_CODED, "head": HEAD, "due": DUE, "what": what, "place": place} for what, place in ((WHAT, NAME), ("", ""))
    ],
    "question_prompt": [_CODED],
    "question_put": [{**_CODED, "officer": officer} for officer in (OFFICER, "")],
    "question": [{**_CODED, "senior": SENIOR, "asked": asked} for asked in (REASON, "")],
    "answer_prompt": [_CODED],
    "answer_passed_on": [_CODED],
    "question_answered": [
        {**_CODED, "officer": OFFICER, "answer": answer, "files": files} for answer, files in ((REASON, 0), ("", 1))
    ],
    "refusal/already_rejected": [{**_CODED, "ground": "sub_judice", "at": at(9, 12)}],
    "refusal/already_merged": [{**_CODED, "into": CODE2}],
    "refusal/merged_around": [{**_CODED, "into": CODE2, "goes_on": goes_on} for goes_on in ("", "DPRO-1044-16")],
    "refusal/not_merged": [_CODED],
    "refusal/no_question": [_CODED],
    "refusal/about_own_office": [_CODED],
    "find_prompt": [{}],
    "found": [{"typed": Bilingual("बसही", "Basahi"), "rows": [ROW] * count, "most": 10} for count in (0, 1, 10)],
    "seen": [
        {
            **_CODED,
            "department": DEPARTMENT,
            "rows": [
                {"name": HEAD, "read_at": at(9, 12), "delivered_at": at(9, 10), "would_tell": True},
                {"name": OFFICER, "read_at": None, "delivered_at": at(9, 10), "would_tell": True},
                {"name": OFFICER, "read_at": None, "delivered_at": None, "would_tell": True},
                {"name": OFFICER, "read_at": None, "delivered_at": None, "would_tell": False},
            ],
        },
        {**_CODED, "department": DEPARTMENT, "rows": []},
    ],
    "edited_too_late": [{**_CODED, "solution": words} for words in (SOLUTION, "")],
    "edited_no_solution": [{**_CODED, "solution": SOLUTION, "undo": undo} for undo in (True, False)],
    "deleted_solution": [{**_CODED, "solution": SOLUTION, "undo": undo} for undo in (True, False)],
    "reopen_prompt": [_CODED],
    "repeat": [{}],
    "reopened": [
        {**_CODED, "due": UNTIL, "by": by, "still_wrong": words}
        for by, words in (("complainant", STILL_WRONG), (SENIOR, ""))
    ],
    "reopened_here": [{**_CODED, "due": UNTIL}],
    "resumed": [{**_CODED, "due": UNTIL, "officer": who} for who in (OFFICER, "")],
    "solution_prompt": [_CODED],
    "solution_taken": [
        {**_CODED, "at": at(9, 12), "in_time": in_time, "asked": asked}
        for in_time, asked in ((True, "complainant"), (False, "administration"))
    ],
    "solution_undone": [{**_CODED, "officer": OFFICER, "due": DUE}],
    "status": [CARD],
    "status_which": [{}],
    "still_wrong": [{**_CODED, "still_wrong": STILL_WRONG}],
    "still_wrong_noted": [_CODED],
    "thanks_closed": [{**_CODED, "name": NAME, "days": 15, "others": others} for others in ([], [CODE2])],
    "thanks_reopened": [{**_CODED, "name": NAME, "due": UNTIL}],
    "toast/acknowledged": [{}],
    "toast/acknowledged_by": [{"officer": OFFICER, "at": at(9, 12)}],
    "toast/cancelled": [{}],
    "toast/closed": [{}],
    "toast/could_not": [{}],
    "toast/language": [{}],
    "toast/note_kept": [{}],
    "toast/nothing_changed": [{}],
    "toast/present": [{"at": at(9, 12)}],
    "toast/press_again": [{}],
    "toast/recorded": [{}],
    "toast/recorded_decision": [{}],
    "toast/refused": [{}],
    "toast/reopened": [{}],
    "toast/transferred": [{"department": DEPARTMENT}],
    "toast/undone": [{}],
    "toast/write_below": [{}],
    "too_short": [{**_CODED, "short": "देख लिया गया"}],
    "track": [
        *({**_TRACK, "state": state} for state in ("registered", "acknowledged", "solved", "closed", "reopened")),
        {**_TRACK, "state": "transferred"},
        {**_TRACK, "state": "paused", "paused_until": OPENS, "pause_reason": REASON},
        {**_TRACK, "state": "acknowledged", "due": at(10, 40)},
        {**_TRACK, "state": "unconfirmed"},
        {**_TRACK, "confidential": True, "state": "solved"},
    ],
    "track_unknown": [{"typed": "DPRO-1042-23"}],
    "transferred": [{**_CODED, "department2": DEPARTMENT2, "due": UNTIL}],
    "transferred_here": [{"department": DEPARTMENT, "reason": REASON}],
    "transferred_often": [{**_CODED, "moves": 3}],
    "undo": [{**_CODED, "until": at(9, 22)}],
    "waiting": _lists(),
    "waiting_today": [
        {"total": total, "rows": [ROW | {"state": "solved"}] * min(total, 3), "flagged": flagged}
        for total, flagged in ((1, 0), (12, 3), (0, 1))
    ],
    "welcome": [{"name": NAME, "department": DEPARTMENT, **_WINDOW}],
    "until_when": [_CODED],
    "which_category": [
        {**_CODED, "category": CATEGORY, "registered_at": at(9, 5), "first_due_at": DUE, "due": DUE},
    ],
    "which_complaint": [{}],
    "which_complaint_none": [{}],
    "which_day": [{**_CODED, "typed": "27/11, 28/11"}],
    "why_until": [{**_CODED, "until": DAY}],
    "which_code": [{"codes": [CODE, CODE2]}],
    "which_work_left": [{"others": [{"code": CODE, "department": DEPARTMENT}] * 2}],
    "wrong_department": [{**_CODED, "department2": DEPARTMENT2}],
}
"""Every template that is said by itself, with each of its cases."""

PIECES = frozenset(
    {"formats", "labels", "parts", "roles", "words"}
    | {f"card/_{name}" for name in ("open", "paused", "solved", "confidential")}
) | {"card/_elsewhere", "card/_ended"}
"""Templates that others are made of."""


def cases() -> Iterator[tuple[str, Mapping[str, object], str]]:
    """Every template with every case in every language."""
    for template, given in CASES.items():
        for params in given:
            for language in LANGUAGES:
                yield template, params, language
