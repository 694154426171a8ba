"""What a person can be asked in a chat."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """Something that is asked; the name stands in the database while the question is open."""

    name: str
