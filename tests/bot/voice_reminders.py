"""What the ladder says, and who is asked whether they are still on it: the cases of each template."""

from collections.abc import Mapping

from bot.render import Bilingual
from tests.bot.voice_values import CODE, DEPARTMENT, DUE, HEAD, OFFICER, ROW, ROW2, SENIOR, UNTIL, WHAT, at

LATE = at(18, day=24)
PLACE = Bilingual("बसही", "Basahi")
FACTS: Mapping[str, object] = {
    "code": CODE,
    "due": LATE,
    "gist": WHAT,
    "place": PLACE,
    "officer": OFFICER,
    "head": HEAD,
    "told_at": LATE,
    "department": DEPARTMENT,
    "name": SENIOR,
    "confidential": False,
}
SECRET: Mapping[str, object] = {**FACTS, "gist": "", "place": "", "confidential": True}
ALONE: Mapping[str, object] = {**FACTS, "officer": "", "head": "", "told_at": None, "name": "", "place": ""}
MISSING = [{"part": part, "total": 14, "letters": ["DPRO", "BDO"] * 6} for part in ("without_group", "without_head")]

REMINDER_CASES: Mapping[str, list[Mapping[str, object]]] = {
    "reminder/assignee": [{**each, "due": due} for each in (FACTS, SECRET, ALONE) for due in (DUE, LATE)],
    "reminder/head": [{**each, "due": due} for each in (FACTS, SECRET, ALONE) for due in (DUE, LATE)],
    "reminder/administration": [{**each, "due": due} for each in (FACTS, SECRET, ALONE) for due in (DUE, LATE)],
    "reminder/senior": [FACTS, SECRET, ALONE],
    "reminder/several": [
        {"total": 2, "overdue": 0, "rows": [ROW, ROW]},
        {"total": 2, "overdue": 1, "rows": [ROW2, ROW]},
        {"total": 12_345, "overdue": 12_345, "rows": [ROW2] * 10},
    ],
    "still_on_it": [{"code": CODE, "since": at(9, 12), "until": at(16, 40), "head": head} for head in (HEAD, "")],
    "still_on_several": [
        {"total": total, "rows": [ROW] * min(total, 10), "until": at(16, 40), "head": head}
        for total, head in ((2, HEAD), (12_345, ""))
    ],
    "toast/still_on_all": [{"number": 1}, {"number": 2}],
    "toast/still_on_each": [{"number": 1}, {"number": 10}],
    "acknowledgement_fell": [
        {"code": CODE, "officer": OFFICER, "due": UNTIL, "handed_back": back} for back in (True, False)
    ],
    "toast/handed_back": [{}],
    "morning_check": [
        {"administration": True, "parts": MISSING},
        {"administration": True, "parts": [{**MISSING[0], "total": 1, "letters": ["DPRO"]}]},
        {"administration": False, "parts": []},
    ],
}
