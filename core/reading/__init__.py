"""What a message in a group means: solution, note, question, present (docs/voice.md 4.2 to 4.4, docs/reading.md).

meaning.py   what a message can mean
tokens.py    a message as words, each in one spelling
words.py     the words of each meaning: core/data/words.yaml and what the office adds
said.py      a message with the meanings of its words and endings
rules.py     the rules by which it is read
answers.py   the complainant's answer to "is it solved?"
days.py      the day that somebody writes: core/data/days.yaml, day_words.py
"""

from core.reading.answers import is_cancel, read_answer
from core.reading.days import SaidDays, read_day, tells_why
from core.reading.meaning import Answer, Meaning, Reading
from core.reading.rules import has_words_of_its_own, read
from core.reading.words import Words

__all__ = [
    "Answer",
    "Meaning",
    "Reading",
    "SaidDays",
    "Words",
    "has_words_of_its_own",
    "is_cancel",
    "read",
    "read_answer",
    "read_day",
    "tells_why",
]
