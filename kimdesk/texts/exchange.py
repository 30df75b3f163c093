"""What a desk says of how it stands with its Kreis."""

from typing import TYPE_CHECKING

from kimdesk.texts.registry import of_aside
from kimdesk.texts.speech import GERMAN, Speech

if TYPE_CHECKING:  # a page that shows these sentences has loaded the room already
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.sync import AsideCase


def stopped(code: str, speech: Speech = GERMAN) -> tuple[str, str]:
    """Return why nothing of this desk counts at the Kreis, and what to do; twice "" when it does."""
    if not code:
        return "", ""
    why = "refused" if code == "E406" else "undecided"
    return speech.say(f"exchange.count_{why}"), speech.say(f"exchange.count_{why}_hint")


def set_aside(found: "AsideCase", catalogue: "Catalogue", speech: Speech = GERMAN) -> str:
    """Return what the Kreis did not take over of a case, and why."""
    who = found.case_name or found.file_number or speech.say("exchange.some_case")
    return f"{who} – {of_aside(found.kinds, found.reason, catalogue, speech)}"
