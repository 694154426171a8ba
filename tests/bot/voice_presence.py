"""What is said about presence, leave and being offline: the cases of each template."""

from collections.abc import Mapping
from datetime import date

from bot.render import Bilingual
from core.presence import Verdict
from tests.bot.voice_values import CODE, DAY, DEPARTMENT, DUE, HEAD, NAME, OFFICER, REASON, SENIOR, at

ABSENTEE = {"name": Bilingual("रमेश पाल", "Ramesh Pal"), "department": "DPRO", "offline": False}
TODAY = date(2026, 11, 25)
_DAY: Mapping[str, object] = {"day": TODAY, "window_from": "09:00", "window_to": "11:00"}
_COUNTS: Mapping[str, object] = {
    "total": 18,
    "present": 12,
    "came_late": 2,
    "partial": 1,
    "on_leave": 2,
    "absent": 1,
    "off_duty": 0,
    "seen_only": 0,
    "not_known": 0,
    "closed": False,
}
_QUIET: Mapping[str, object] = {"missed": [], "changes": 0, "changed": [], "later": 0}
REPORT: Mapping[str, object] = {**_DAY, **_COUNTS, **_QUIET, "absentees": [ABSENTEE]}
_CHANGED = [
    {"name": OFFICER, "was": was, "becomes": becomes}
    for was, becomes in ((Verdict.ABSENT, Verdict.LATE), (Verdict.NOT_KNOWN, Verdict.ON_LEAVE), (None, Verdict.PARTIAL))
]
_LEAVE: Mapping[str, object] = {"first": TODAY, "last": TODAY, "reason": ""}
_LONGER_LEAVE: Mapping[str, object] = {"first": TODAY, "last": DAY, "reason": REASON}
_PAGES: list[Mapping[str, object]] = [{"page": page, "pages": pages} for page, pages in ((1, 1), (2, 38))]
_NOW: Mapping[str, object] = {
    "day": TODAY,
    "begins": None,
    "next": None,
    "own": None,
    "departments": [],
    "total": 0,
    "present": 0,
}
_NOBODY: Mapping[str, object] = {"day": TODAY, "total": 0, "rows": [], "page": 1, "pages": 1}
_OWN_DEPARTMENT = {"department": DEPARTMENT, "present": 12, "total": 15, "missing": [], "more": 0}

PRESENCE_CASES: Mapping[str, list[Mapping[str, object]]] = {
    "card/roll_call": [
        {"number": number, "roll_call": at(9), "window_end": at(11), "present": present, "total": 18}
        for number, present in ((0, 0), (0, 2), (1, 2))
    ],
    "nudge": [
        {"name": OFFICER, "roll_call": at(9, 40), "window_end": at(11), "grace": grace, "seen": seen}
        for grace, seen in ((at(9, 15), False), (None, False), (None, True))
    ],
    "card/presence_day": [
        REPORT,
        {**REPORT, "absent": 0, "absentees": [], "total": 17},
        {
            **REPORT,
            "total": 1042,
            "absent": 300,
            "off_duty": 3,
            "seen_only": 2,
            "not_known": 1,
            "absentees": [ABSENTEE, {**ABSENTEE, "offline": True}] * 6,
            "missed": [at(9), at(9, 40)],
            "changes": 4,
            "changed": _CHANGED,
            "later": 2,
        },
        {**REPORT, "seen_only": 1, "later": 1},
        {**REPORT, "closed": True},
    ],
    "card/presence_of_department": [
        {
            **_COUNTS,
            "day": TODAY,
            "missing": missing,
            "closed": closed,
            "came_late": late,
            "partial": late,
            "on_leave": late,
        }
        for missing, closed, late in ((0, False, 0), (1, False, 2), (3, False, 1), (0, True, 0))
    ],
    "absent_list": [*({**page, "day": TODAY, "total": 300, "rows": [ABSENTEE] * 8} for page in _PAGES), _NOBODY],
    "missing_list": [*({**page, "total": 300, "rows": [ABSENTEE] * 20} for page in _PAGES), _NOBODY],
    "presence_departments": [
        {**page, "day": TODAY, "rows": [{"department": "DPRO", "present": 12, "total": 15}] * 36} for page in _PAGES
    ],
    "presence_now": [
        {**_NOW, "next": DAY},
        {**_NOW, "begins": at(9), "own": {"verdict": "waited", "since": None}},
        {**_NOW, "own": {"verdict": "waited", "since": None}, "departments": [_OWN_DEPARTMENT]},
        {**_NOW, "own": {"verdict": "here", "since": at(9, 2)}, "departments": [_OWN_DEPARTMENT]},
        *({**_NOW, "own": {"verdict": each, "since": None}, "departments": [_OWN_DEPARTMENT]} for each in Verdict),
        {
            **_NOW,
            "departments": [{**_OWN_DEPARTMENT, "missing": [OFFICER, NAME], "more": 3}],
            "total": 600,
            "present": 412,
        },
    ],
    "offline_which": [{"typed": typed} for typed in ("", NAME)],
    "restore_which": [{"number": number, "typed": typed} for number, typed in ((0, ""), (2, ""), (2, NAME))],
    "offline_confirm": [
        {"officer": OFFICER, "department": of, "until": until}
        for of, until in (("DPRO", None), ("", None), ("DPRO", DAY))
    ],
    "offline_until": [{"officer": OFFICER, "typed": typed} for typed in ("", REASON)],
    "correct_whose": [{"day": TODAY, "typed": typed} for typed in ("", NAME)],
    "correct_to": [{"officer": OFFICER, "day": TODAY, "verdict": each} for each in Verdict],
    "correct_why": [{"officer": OFFICER, "day": TODAY, "verdict": each} for each in Verdict],
    "correct_done": [
        {"officer": OFFICER, "day": TODAY, "becomes": Verdict.PRESENT, "changed": each} for each in (True, False)
    ],
    "corrected": [
        {"day": TODAY, "was": was, "becomes": Verdict.PRESENT, "senior": SENIOR, "reason": REASON}
        for was in (Verdict.ABSENT, None)
    ],
    "offline_noted": [
        {"officer": OFFICER, "senior": SENIOR, "at": at(11, 5), "reason": reason, "number": number, "head": head}
        | {"until": DAY if number == 1 else None}
        for reason, number, head in (
            ("no_notice", 0, ""),
            (REASON, 1, HEAD),
            (REASON, 4, HEAD),
            (REASON, 1, ""),
            (REASON, 4, ""),
        )
    ],
    "offline_told": [
        {"name": OFFICER, "senior": SENIOR, "at": at(11, 5), "reason": each, "until": until}
        for each, until in (("no_notice", None), (REASON, DAY))
    ],
    "offline_head": [
        {"name": HEAD, "officer": OFFICER, "senior": SENIOR, "number": number, "codes": codes}
        for number, codes in ((0, []), (1, [CODE]), (8, [CODE] * 6))
    ],
    "restored": [{"officer": OFFICER, "senior": SENIOR, "at": at(14, 5)}],
    "leave_prompt": [
        {"officer": officer, "planned": planned}
        for officer, planned in (("", []), (OFFICER, []), ("", [_LEAVE, _LONGER_LEAVE]))
    ],
    "leave_last": [{"first": TODAY}],
    "leave_whose": [{"typed": typed} for typed in ("", NAME)],
    "leave_confirm": [{**leave, "officer": officer} for leave in (_LEAVE, _LONGER_LEAVE) for officer in ("", OFFICER)],
    "leave_noted": [
        {**leave, "officer": OFFICER, "by": by, "cancelled": cancelled}
        for leave in (_LEAVE, _LONGER_LEAVE)
        for by in ("", HEAD)
        for cancelled in (False, True)
    ],
    "nobody_there": [
        {"code": CODE, "department": DEPARTMENT, "due": DUE, "gist": gist, "place": gist, "name": name, "head": head}
        for gist in (Bilingual("बसही", "Basahi"), "")
        for name, head in ((HEAD, ""), ("", HEAD), ("", ""))
    ],
    "chart/title": [_DAY],
    "chart/figure": [{}],
    "chart/notes": [{"not_known": not_known} for not_known in (False, True)],
    "toast/present_over": [{"window_from": "09:00", "window_to": "11:00", "next": DAY}],
    "toast/present_on_leave": [{}],
    "toast/present_offline": [{}],
    "toast/present_not_asked": [{}],
    "toast/present_unknown": [{}],
    "toast/present_waiting": [{}],
    "toast/leave_today": [{}],
    "toast/leave_recorded": [{"cancelled": each} for each in (False, True)],
}
