"""The demo district: its departments, people and groups, and the past days that were played for it.

Everything is done by the office's own doors and rules, as real days would have done it, so the records prove clean.
"""

from core.demo.district import make_district
from core.demo.play import is_played, play

__all__ = ["is_played", "make_district", "play"]
