"""Complaint codes such as DPRO-1042-22: made, checked, and found as people type them (docs/design.md §4, Codes).

code.py     what a code is: letters, serial, check digits
typed.py    the shapes in which people write one: letters or a department's name, then numbers
slips.py    which codes may have been meant by one that is wrong
other_numbers.py   years, times, amounts, vehicles: numbers that are no codes
finder.py   finding codes, and near misses, in free text
"""

from core.codes.code import FIRST_SERIAL, Code, check_digits, is_valid, make, parse
from core.codes.finder import Finder, FoundCode

__all__ = ["FIRST_SERIAL", "Code", "Finder", "FoundCode", "check_digits", "is_valid", "make", "parse"]
