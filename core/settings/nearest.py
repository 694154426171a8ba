"""The nearest valid name to a mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(typed: str, valid: Iterable[str]) -> str:
    """The end of an error message: `; did you mean 'x'?`, or nothing when no valid name is near."""
    by_folded = {name.casefold(): name for name in sorted(valid)}
    found = get_close_matches(typed.casefold(), list(by_folded), n=1, cutoff=0.6)
    return f"; did you mean {by_folded[found[0]]!r}?" if found else ""
