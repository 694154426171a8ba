"""Updates in, as works: each applied once, handled, and answered by rows of the same transaction.

A refusal is an answer. An exception is kept as a failure with the event, and whoever asked is told its number. Toasts
are never stored: they go back to the adapter after the commit (docs/design.md §3).
"""

import json
from collections.abc import Sequence

from bot import outbox
from bot.adapters.base import Answer
from bot.context import Context
from bot.events import Event, Message, Pressed, to_json
from bot.languages import language_of_reader
from bot.messages import Toast
from bot.outbox import Priority
from bot.refusing import Short
from bot.render import Renderer, freeze, thaw
from bot.routing import Routes
from bot.speaking import Surroundings
from bot.understanding import understand
from core.refusals import Refusal
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work, WorkFailed


class Dispatcher:
    """Takes events from adapters; `receive` is what an adapter is run with."""

    def __init__(self, store: Store, around: Surroundings, routes: Routes, renderer: Renderer) -> None:
        self._store = store
        self._around = around
        self._routes = routes
        self._renderer = renderer

    async def receive(self, event: Event) -> Answer:
        """Handle an event; returns after the commit. Raises StoreUnavailable: then nothing was kept, deliver it again.

        The same update a second time does nothing, and is given the toasts of the first.
        """
        work = Work(
            run=lambda unit: self.handle(unit, event),
            key=f"{event.address.account}:{event.key}",
            raw=to_json(event),
            failed=lambda unit, reference: self._say_that_it_failed(unit, event, reference),
        )
        try:
            result = await self._store.do(work)
        except WorkFailed as failure:
            return Answer((self._toast(event, "toast/could_not", {"ref": f"F-{failure.reference}"}, "hi"),))
        toasts = result.value if result.value is not None else _remembered(result.remembered)
        return Answer(tuple(self._toast(event, *each) for each in toasts), result.repeated)

    def handle(self, unit: UnitOfWork, event: Event) -> Sequence[tuple[str, dict[str, object], str]]:
        """Handle an event inside a work that is running; returns the toasts as (template, parameters, language)."""
        ctx = Context(unit, self._around, event)
        try:
            with unit.overlay():
                understand(ctx, event, self._routes)
        except Refusal as refusal:
            ctx.shorts.clear()
            ctx.refuse(refusal)
        language = language_of_reader(ctx)
        toasts = [_frozen(short, language) for short in ctx.shorts] if isinstance(event, Pressed) else []
        unit.remember(json.dumps(toasts, ensure_ascii=False))
        return _thawed(toasts)

    def _say_that_it_failed(self, unit: UnitOfWork, event: Event, reference: int) -> None:
        if isinstance(event, Message) and (event.direct or event.text.startswith("/")):
            params = {"ref": f"F-{reference}"}
            outbox.say(unit, event.address, "could_not", params, priority=Priority.ANSWER, reply_to=event.message)

    def _toast(self, event: Event, template: str, params: dict[str, object], language: str) -> Toast:
        text = self._renderer.plain(template, params, language, self._store.clock.now())
        return Toast(address=event.address, user=event.sender.user, update=event.key, text=text)


Frozen = tuple[str, str, str]


def _frozen(short: Short, language: str) -> Frozen:
    return short.template, freeze(short.params), language


def _thawed(toasts: Sequence[Frozen]) -> list[tuple[str, dict[str, object], str]]:
    return [(template, thaw(params, language), language) for template, params, language in toasts]


def _remembered(answer: str) -> list[tuple[str, dict[str, object], str]]:
    return _thawed(json.loads(answer)) if answer else []
