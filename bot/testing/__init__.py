"""The test kit for whoever writes handlers, an adapter or the engine: a platform in memory, and what adapters must do.

platform = FakePlatform(Limits(text=4096), clock=clock)      # bot/testing/platform.py
adapter = FakeAdapter(platform, buttons=False, edit=False)
await check(stage)                                           # bot/testing/conformance.py, for each of CHECKS
"""

from bot.testing.conformance import CHECKS, Check, Recorder, Shown, Stage
from bot.testing.platform import FakeAdapter, FakeMessage, FakePlatform

__all__ = ["CHECKS", "Check", "FakeAdapter", "FakeMessage", "FakePlatform", "Recorder", "Shown", "Stage"]
