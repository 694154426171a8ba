"""Which template says a refusal, and with which answer of HTTP it goes."""

from core.refusals import Forged, Invalid, NotAllowed, NotFound, Refusal


def template_of(refusal: Refusal) -> str:
    """The template of the sentence with its cure; its values are the refusal's facts."""
    return f"refusal/{refusal.name}.html"


def status_of(refusal: Refusal) -> int:
    """403 not allowed, 404 not found, 422 a field is wrong, 409 the complaint is in another state."""
    if isinstance(refusal, NotAllowed | Forged):
        return 403
    if isinstance(refusal, NotFound):
        return 404
    return 422 if isinstance(refusal, Invalid) else 409
