"""The values of docs/voice.md 3.1, with which every template is shown."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.render import Bilingual

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
GROUND = Bilingual("मामला न्यायालय में", "Before a court")
QUESTION = Bilingual("पाइप आ गया या नहीं?", "Has the pipe come?")
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
    "presence",
    "offline",
    "restore",
]
