"""What a certificate brings a desk, in sentences."""

from typing import TYPE_CHECKING

from kimdesk.texts.speech import say

if TYPE_CHECKING:
    from kimdesk.sync import Joining


def told(offer: "Joining") -> tuple[str, ...]:
    """Return what taking the certificate of ``offer`` changes, a sentence each."""
    found = [
        say(f"joined.places_{name}", places=", ".join(places)) for name, places in _places(offer) if places
    ]
    if offer.changes_kreis and offer.before is not None:
        before, now = offer.before, offer.certificate
        found += [
            say(
                "joined.other_kreis",
                before=before.kreis_name,
                digits=before.fingerprint(),
                now=now.kreis_name,
                new_digits=now.fingerprint(),
            ),
            say("joined.former_still_has_it", before=before.kreis_name),
            say("joined.everything_goes_anew", now=now.kreis_name),
        ]
    return tuple(found)


def _places(offer: "Joining") -> tuple[tuple[str, tuple[str, ...]], ...]:
    changed = (("gained", offer.gained), ("lost", offer.lost)) if offer.before else ()
    return (*changed, ("denied", offer.denied))
