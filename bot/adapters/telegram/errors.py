"""What Telegram's answers mean to the courier; the one place. Its words are those of the Bot API server's source."""

from datetime import timedelta

from bot.adapters.base import DeliveryError, FileTooLarge, Gone, Moved, Rejected, RetryLater, Unreachable
from bot.adapters.telegram.calls import NoAnswer, NotSent, Refused

AGAIN_AFTER = timedelta(seconds=5)
"""Until a call is tried again for which there was no connection, or a server that is being restarted."""

TOKEN_AGAIN_AFTER = timedelta(minutes=1)
"""With a token that is not good nothing goes out; what waits is kept until somebody has put in a good one."""

_GONE = (
    "chat not found",
    "user is deactivated",
    "bot was blocked by the user",
    "bot was kicked",
    "bot is not a member",
    "bot can't initiate conversation",
    "bots can't send messages to bots",
    "the group has been deactivated",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "need administrator rights in the channel chat",
    "peer_id_invalid",
)
_UNCHANGED = "message is not modified"
_OLD_PRESS = ("query is too old", "query id is invalid")
_NO_TEXT = "there is no text in the message to edit"
_BAD_MARKUP = "can't parse entities"


def classified(error: Refused | NotSent | NoAnswer) -> DeliveryError:
    """What the courier is told. Only what may have been done without our hearing of it is Unreachable."""
    if isinstance(error, NotSent):
        return RetryLater(AGAIN_AFTER, f"no connection: {error}")
    if isinstance(error, NoAnswer):
        return Unreachable(str(error))
    words = error.description.lower()
    if error.moved_to:
        return Moved(error.moved_to)
    if error.retry_after is not None or error.code == 429:
        return RetryLater(timedelta(seconds=max(1.0, error.retry_after or 1.0)), "too many requests")
    if error.code in (401, 404):
        return RetryLater(TOKEN_AGAIN_AFTER, "the token is not good; see: janmilan doctor")
    if error.code == 403 or any(each in words for each in _GONE):
        return Gone(error.description)
    if error.code == 413 or "file is too big" in words:
        return FileTooLarge(error.description)
    if error.code >= 500:
        return Unreachable(error.description)
    return Rejected(error.description)


def is_unchanged(error: Refused) -> bool:
    """An edit that changed nothing: it is done."""
    return _UNCHANGED in error.description.lower()


def is_old_press(error: Refused) -> bool:
    """A press that Telegram waits no longer to be answered: there is nothing to be done."""
    return any(each in error.description.lower() for each in _OLD_PRESS)


def has_no_text(error: Refused) -> bool:
    """The message is a file: its words are a caption."""
    return _NO_TEXT in error.description.lower()


def is_bad_markup(error: Refused) -> bool:
    """The markup was not understood: the words alone go out."""
    return _BAD_MARKUP in error.description.lower()
