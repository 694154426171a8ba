"""Numbers in a message that look like a code and are something else: years, times, amounts, vehicles, cases.

Beside them nobody is asked "did you mean?". All texts here are folded (core/text.py).
"""

import re

#: Latin letters before a number: a police case, a bank branch, a road, a demand for information, ...
OTHER_LETTERS = frozenset(
    ("FIR", "IFSC", "NH", "SH", "GO", "RTI", "IGRS", "PNR", "PIN", "OTP", "UPI", "GST", "PAN", "MR")
)

_VEHICLE = re.compile(r"(?<![a-z])[a-z]{2}[ -]?[0-9]{1,2}[ -]*\Z")
# The word before "No." or कोड that says what is numbered: a case, a room, a phone, a plot, the post's PIN code, ...
_OTHER_LABEL = re.compile(
    r"(?:fir|case|room|mobile|mob|phone|contact|vehicle|gadi|bill|letter|gata|khasra|plot|ward|house|account|a/c|policy"
    r"|pin|train|flat|khata|makan"
    r"|पिन|वाद|मुकदमा|पत्र|गाटा|खसरा|मकान|वार्ड|कमरा|खाता|बिल|फोन|मोबाइल|गाडी|वाहन|प्लाट|ट्रेन|आधार)[\s.:]*\Z"
)
# What follows a count, an amount, a time, a measure or a helpline.
_UNIT = re.compile(
    r"\s*(?:(?:rs|inr|am|pm|km|kg|kv|kw|ft|lakh|crore|log|helpline|par call|din)(?![a-z])"
    r"|(?:रु|मी|किमी|दिन|साल|वर्ष|घर|बजे)(?![\u0900-\u0963])"
    r"|₹|/-|%|रुप|बजकर|किलो|मीटर|फीट|फुट|लाख|करोड|हजार|कुंतल|कुन्तल|लोग|व्यक्ति|आवेदन|शिकायते|प्रकरण|परिवार|बीघा|हेक्टेयर"
    r"|हेल्पलाइन|पर काल|पर फोन)"
)
_MORE_DIGITS = re.compile(r"[\-/.:,]\s?[0-9]|\s[0-9]{4}")


def is_counted(folded: str, end: int) -> bool:
    """Whether the number that ends at `end` goes on (a date, a phone) or has a unit: 1200 रुपये, 10 बजे, 25-11-2026."""
    return bool(_MORE_DIGITS.match(folded, end) or _UNIT.match(folded, end))


def is_other_label(folded: str, label: int) -> bool:
    """Whether the label at `label` numbers something else: पिन कोड, Room No."""
    return bool(_OTHER_LABEL.search(folded, max(0, label - 16), label))


def is_vehicle(folded: str, letters: int) -> bool:
    """Whether the letters at `letters` are the middle of a number plate: UP 70 DSO 1234."""
    return bool(_VEHICLE.search(folded, max(0, letters - 8), letters))


def is_year(serial: str, check: str) -> bool:
    """Whether the numbers are a year (2023) or a financial year (2026-27)."""
    year = len(serial) == 4 and serial[:2] in ("19", "20")
    return year and (not check or int(check) == (int(serial) + 1) % 100)
