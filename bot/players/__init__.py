"""A morning of the demo district, played before one's eyes: `janmilan demo --speed 60`.

    await Stage(running, clock, tell).play()

script.py    who does what when: drawn from script.yaml, the same on the same day
doors.py     how the players come in: the chat's API and the desk's, with the token of each
people.py    an officer with a phone: reads, presses, writes, sends a photo
courses.py   what an officer does with a complaint, step by step
stage.py     lets everything happen at its minute, and tells it line by line
ending.py    what the administration does when the window is over, and what came of it

bot/simulation plays whole months as fast as it goes and sums them up; here people watch, and may take part.
"""

from bot.players.stage import Played, Stage

__all__ = ["Played", "Stage"]
