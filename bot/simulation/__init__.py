"""A whole district at play on a clock that is set: the same doors that people use, in a fraction of the time.

    summary = simulate(Play(settings, folder, files, days=7, seed=1))

chats.py     the chats in memory, as the people see them
district.py  who is who, and who brings what on which morning
habits.py    what is done how often: habits.yaml and sentences.yaml
cases.py     a complaint as those see it who have to do with it
officers.py, others.py   what each habit does, step by step
doors.py     how what they do comes in
agenda.py, playing.py   the days, five minutes by five minutes
summary.py   what came of it
"""

from bot.simulation.district import CannotSimulate, Files
from bot.simulation.playing import Play, simulate
from bot.simulation.summary import Summary
from bot.simulation.troubles import Troubles

__all__ = ["CannotSimulate", "Files", "Play", "Summary", "Troubles", "simulate"]
