"""The cases of each template of the bot, with the values of docs/voice.md 3.1."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from tests.bot.voice_cards import CARD, CARDS, DONE, HELD
from tests.bot.voice_decisions import DECISION_CASES
from tests.bot.voice_people import PEOPLE_CASES
from tests.bot.voice_presence import PRESENCE_CASES
from tests.bot.voice_reminders import REMINDER_CASES
from tests.bot.voice_time import TIME
from tests.bot.voice_values import (
    CODE,
    CODE2,
    COMMANDS,
    DAY,
    DEPARTMENT,
    DEPARTMENT2,
    DUE,
    FLAGS,
    GROUND,
    HEAD,
    LANGUAGES,
    NAME,
    OFFICER,
    OPENS,
    REASON,
    ROW,
    ROW2,
    SENIOR,
    SOLUTION,
    STILL_WRONG,
    UNTIL,
    WHAT,
    at,
)

_CODED: Mapping[str, object] = {"code": CODE}
_WINDOW: Mapping[str, object] = {"window_from": "09:00", "window_to": "11:00"}
_OTHER: Mapping[str, object] = {"code": CODE2, "department": DEPARTMENT2, "due": UNTIL}
_RECEIPT: Mapping[str, object] = {**_CODED, "name": NAME, "department": DEPARTMENT, "due": DUE}
_TRACK: Mapping[str, object] = {
    **_CODED,
    **DONE,
    **HELD,
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
    "already_solved": [
        {**_CODED, "solution": solution, "officer": who, "at": at(9, 12)}
        for solution, who in ((SOLUTION, OFFICER), (SOLUTION, ""), ("", OFFICER))
    ],
    "ask_expired": [{}],
    "ask_polite": [{}],
    "ask_solved": [
        *(
            {**_CODED, "name": NAME, "department": DEPARTMENT, "solution": solution, "others": others}
            for solution, others in (
                (SOLUTION, []),
                (SOLUTION, [{"code": CODE2, "department": DEPARTMENT2, "solution": SOLUTION}]),
                ("", []),
            )
        ),
        *(
            {**_CODED, "name": NAME, "department": DEPARTMENT, "solution": SOLUTION, "others": others, "reworded": True}
            for others in ([], [{"code": CODE2, "department": DEPARTMENT2, "solution": SOLUTION}])
        ),
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
    "group_lost": [
        {"department": DEPARTMENT, "department_code": "DPRO"},
        {"department": "", "department_code": ""},
    ],
    "group_unbound": [{}],
    "link_used": [{}],
    "link_wrong": [{}],
    "menu": [{"where": place} for place in ("group", "direct")],
    "nameless": [{}],
    "personal_menu": [{"commands": [*COMMANDS, "help", "language", "privacy"], "others": {}}],
    "rights_missing": [{}],
    "muting_lost": [{}],
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
    "out_of_reach": [
        {"total": 1, "names": [OFFICER]},
        {"total": 3, "names": [OFFICER, HEAD, SENIOR]},
        {"total": 40, "names": [OFFICER, HEAD, SENIOR] * 4},
    ],
    "press_again": [{}],
    "privacy": [{"period": timedelta(days=days)} for days in (365, 730, 30, 90, 1, 10)],
    "what_is_kept": [{"period": timedelta(days=365)}],
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
            ("letters", "unknown", "12", ""),
            ("letters", "taken", "DPRO", ""),
            ("into", "confidential", CODE2, ""),
            ("officer", "unknown", "7", ""),
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
            ("day", "begun", DAY, DAY),
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
        {**_CODED, "due": UNTIL, "by": by, "still_wrong": words, "times": 3 if words else 1}
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
    "code_missing": [{"command": command} for command in ("reopen", "unmerge")],
    "still_wrong": [{**_CODED, "still_wrong": STILL_WRONG}],
    "still_wrong_noted": [_CODED],
    "thanks_closed": [{**_CODED, "name": NAME, "days": 15, "others": others} for others in ([], [CODE2])],
    "thanks_reopened": [{**_CODED, "name": NAME, "due": UNTIL}],
    "toast/acknowledged": [{}],
    "toast/acknowledged_by": [{"officer": OFFICER, "at": at(9, 12)}],
    "toast/cancelled": [{}],
    "toast/closed": [{}],
    "toast/words_changed": [{}],
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
        {**_TRACK, "state": "rejected", "reason": GROUND},
        *(
            {**_TRACK, "state": "merged", "merged_code": CODE2, "other_department": DEPARTMENT2, "other_state": other}
            | {"reason": GROUND}
            for other in ("acknowledged", "solved", "closed", "rejected")
        ),
        {**_TRACK, "state": "paused", "paused_until": OPENS, "pause_reason": REASON},
        {**_TRACK, "state": "acknowledged", "due": at(10, 40)},
        {**_TRACK, "state": "unconfirmed"},
        {**_TRACK, "confidential": True, "state": "solved"},
    ],
    "track_unknown": [{"typed": "DPRO-1042-23"}],
    "transferred": [{**_CODED, "department2": DEPARTMENT2, "due": UNTIL}],
    "transferred_here": [{"department": DEPARTMENT, "reason": reason} for reason in (REASON, "")],
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
    **PEOPLE_CASES,
    **PRESENCE_CASES,
    **REMINDER_CASES,
    **DECISION_CASES,
}
"""Every template that is said by itself, with each of its cases."""

PIECES = frozenset(
    {"formats", "labels", "parts", "roles", "words"}
    | {f"card/_{name}" for name in ("open", "paused", "solved", "confidential", "rejected", "merged")}
) | {"card/_elsewhere", "reminder/_what"}
"""Templates that others are made of."""


def cases() -> Iterator[tuple[str, Mapping[str, object], str]]:
    """Every template with every case in every language."""
    for template, given in CASES.items():
        for params in given:
            for language in LANGUAGES:
                yield template, params, language
