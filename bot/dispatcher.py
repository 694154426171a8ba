"""Updates in, as works: each applied once, handled, and answered by rows of the same transaction.

A refusal is an answer. An exception is kept as a failure with the event, and whoever asked is told its number. Toasts
are never stored: they go back to the adapter after the commit (docs/design.md §3).
"""

import json
from collections.abc import Callable, Mapping, Sequence

from bot import outbox
from bot.adapters.base import Answer
from bot.context import Context
from bot.events import Event, Message, Pressed, to_json
from bot.held_messages import hold, released
from bot.languages import language_of_reader
from bot.marks import note_mark
from bot.messages import Toast
from bot.outbox import Priority
from bot.refusing import Short
from bot.render import Renderer, freeze, thaw
from bot.routing import Routes
from bot.seeing import note_seen_by
from bot.speaking import Surroundings
from bot.store.archive import keep_message
from bot.store.file_waits import FileWait
from bot.understanding import understand
from core.json_text import as_json
from core.refusals import Refusal
from core.storable import storable
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work, WorkFailed

Frozen = tuple[str, str, str]
"""A toast as kept with the update's key: template, frozen parameters, language."""
Rendered = tuple[str, dict[str, object], str]
"""A toast to be rendered: template, parameters, language."""


class Dispatcher:
    """Takes events from adapters; `receive` is what an adapter is run with."""

    def __init__(
        self,
        store: Store,
        around: Surroundings,
        routes: Routes,
        renderer: Renderer,
        fetch: Callable[[], None],
    ) -> None:
        """`fetch` wakes whoever fetches files."""
        self._fetch = fetch
        self._store = store
        self._around = around
        self._routes = routes
        self._renderer = renderer

    async def receive(self, event: Event) -> Answer:
        """Handle an event; returns after the commit. Raises StoreUnavailable: then nothing was kept, deliver it again.

        The same update a second time does nothing, and is given the toasts of the first.
        """
        event = storable(event)
        work = Work(
            run=lambda unit: self.handle(unit, event),
            key=f"{event.address.account}:{event.key}",
            raw=lambda: to_json(event),
            failed=lambda unit, reference: self._keep_what_failed(unit, event, reference),
        )
        try:
            result = await self._store.do(work)
        except WorkFailed as failure:
            return Answer((self._toast(event, "toast/could_not", {"ref": f"F-{failure.reference}"}, "hi"),))
        toasts = result.value if result.value is not None else _remembered(result.remembered)
        return Answer(tuple(self._toast(event, *each) for each in toasts), result.repeated)

    def handle(self, unit: UnitOfWork, event: Event) -> Sequence[Rendered]:
        """Handle an event inside a work that is running; returns the toasts."""
        ctx = Context(unit, self._around, event)
        note_mark(ctx)
        if isinstance(event, Message) and hold(unit, event):
            unit.after_commit(self._fetch)
            return []
        return self._answer(ctx, event)

    def file_ended(self, unit: UnitOfWork, wait: FileWait) -> None:
        """A file of a held message is here, or will never be: if it was the last one, the message is handled."""
        ready = released(unit, wait)
        if ready is None:
            return
        event, missing = ready
        if missing:
            self._say(unit, event, "file_missing", {"code": ""})
        if event.attachments or event.text:
            self._answer(Context(unit, self._around, event), event)

    def _answer(self, ctx: Context, event: Event) -> Sequence[Rendered]:
        unit = ctx.unit
        note_seen_by(ctx)
        try:
            with unit.overlay():
                understand(ctx, event, self._routes)
        except Refusal as refusal:
            ctx.shorts.clear()
            ctx.refuse(refusal)
        if isinstance(event, Message) and (ctx.group is not None or ctx.concerned):
            keep_message(unit, event, ctx.person.id if ctx.person else None, ctx.concerned)
        language = language_of_reader(ctx)
        toasts = [_frozen(short, language) for short in ctx.shorts] if isinstance(event, Pressed) else []
        unit.remember(as_json(toasts))
        return _thawed(toasts)

    def _keep_what_failed(self, unit: UnitOfWork, event: Event, reference: int) -> None:
        # Whoever did it was there, whatever bug it met.
        note_mark(Context(unit, self._around, event))
        if isinstance(event, Message) and (event.direct or event.text.startswith("/")):
            self._say(unit, event, "could_not", {"ref": f"F-{reference}"})

    def _say(self, unit: UnitOfWork, event: Message, template: str, params: Mapping[str, object]) -> None:
        unit.after_commit(self._around.wake)
        outbox.say(unit, event.address, template, params, priority=Priority.ANSWER, reply_to=event.message)

    def _toast(self, event: Event, template: str, params: dict[str, object], language: str) -> Toast:
        text = self._renderer.plain(template, params, language, self._store.clock.now())
        return Toast(address=event.address, user=event.sender.user, update=event.key, text=text)


def _frozen(short: Short, language: str) -> Frozen:
    return short.template, freeze(short.params), language


def _thawed(toasts: Sequence[Frozen]) -> list[Rendered]:
    return [(template, thaw(params, language), language) for template, params, language in toasts]


def _remembered(answer: str) -> list[Rendered]:
    return _thawed(json.loads(answer)) if answer else []
