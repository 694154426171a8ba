"""What every template of the bot is shown with: the values of docs/voice.md 3.1, and the cases of each template."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.render import Bilingual
from tests.bot.voice_time import TIME
from tests.bot.voice_values import (
    CATEGORY,
    CODE,
    CODE2,
    COMMANDS,
    DAY,
    DEPARTMENT,
    DEPARTMENT2,
    DUE,
    FLAGS,
    HEAD,
    LANGUAGES,
    NAME,
    OFFICER,
    OPENS,
    REASON,
    ROW,
    ROW2,
    SENIOR,
    SIBLINGS,
    SOLUTION,
    STILL_WRONG,
    UNTIL,
    WHAT,
    at,
)

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
    "phone_last_four": [_CODED],
    "phone_last_four_over": [{**_CODED, "until": UNTIL}],
    "phone_last_four_wrong": [_CODED],
    "phone_none": [_CODED],
    "photo_missing": [{**_CODED, "kind": kind} for kind in ("photo", "paper", "place")],
    "photo_used": [{**_CODED, "code2": CODE2}],
    "polite_noted": [{}],
    "press_again": [{}],
    "privacy": [{"period": timedelta(days=days)} for days in (365, 730, 30, 90, 1, 10)],
    "receipt": [
        {**_RECEIPT, "link": "janmilan.example/c"},
        {**_RECEIPT, "link": ""},
        {**_RECEIPT, "others": [_OTHER]},
        {**_RECEIPT, "others": [_OTHER, _OTHER]},
    ],
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
    "reopen_prompt": [_CODED],
    "repeat": [{}],
    "reopened": [
        {**_CODED, "due": UNTIL, "by": by, "still_wrong": words}
        for by, words in (("complainant", STILL_WRONG), (SENIOR, ""))
    ],
    "reopened_here": [{**_CODED, "due": UNTIL}],
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
    "which_code": [{"codes": [CODE, CODE2]}],
    "which_work_left": [{"others": [{"code": CODE, "department": DEPARTMENT}] * 2}],
    "wrong_department": [{**_CODED, "department2": DEPARTMENT2}],
    **TIME,
}
"""Every template that is said by itself, with each of its cases."""

PIECES = frozenset(
    {"formats", "labels", "parts", "roles", "words"}
    | {f"card/_{name}" for name in ("open", "paused", "solved", "confidential")}
) | {"card/_elsewhere"}
"""Templates that others are made of."""


def cases() -> Iterator[tuple[str, Mapping[str, object], str]]:
    """Every template with every case in every language."""
    for template, given in CASES.items():
        for params in given:
            for language in LANGUAGES:
                yield template, params, language
