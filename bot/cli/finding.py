"""What `janmilan doctor` finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A point that was looked at. `cure` is empty where all is well."""

    what: str
    cure: str = ""
