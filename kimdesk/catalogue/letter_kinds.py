"""What letters can say, as closed sets: facts, truths and parts for each kind of record they are about.

A letter about a record may name nothing else. ``always``: facts that are known whenever there is a letter;
``known``: facts that may be missing, so that what names them is written only ``when`` they are there.
"""

from dataclasses import dataclass
from typing import Final

_PERSON: Final = frozenset({"client", "addressed"})
PERSONAL: Final = _PERSON | {"born", "client_address"}
"""Facts that tell who the client is."""
_COMMON: Final = frozenset({"desk", "worker", "today"})
_OFFICE: Final = frozenset({"office"})


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What is known of one kind of record; ``truths`` hold or do not hold, ``parts`` are lists and tables."""

    always: frozenset[str]
    known: frozenset[str]
    truths: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    @property
    def facts(self) -> frozenset[str]:
        """Return every fact."""
        return self.always | self.known

    @property
    def conditions(self) -> frozenset[str]:
        """Return what a block can depend on: truths, and that a fact is known or a part is there."""
        return self.known | self.truths | self.parts


KINDS: Final = {
    "referral": LetterKind(
        always=_COMMON | _PERSON | _OFFICE | {"offer", "service", "month_begins"},
        known=frozenset({
            "born", "answer_by", "consent_on", "consent_until", "office_sign", "ended_benefit", "ended_on",
            "forwarding", "inspection", "advance_by",
        }),
        truths=frozenset({"warm", "family", "mutual", "sgb2", "wohngeld", "by_gdpr", "by_knowledge"}),
        parts=frozenset({"papers", "persons"}),
    ),
    "residence": LetterKind(
        always=_COMMON | _PERSON | _OFFICE | {"applied_on"},
        known=frozenset({"born", "title", "title_until", "certificate_on", "office_sign"}),
        truths=frozenset({"late", "minor"}),
    ),
    "deadline": LetterKind(
        always=_COMMON | _PERSON | _OFFICE | {"remedy", "due_on", "dated_on"},
        known=frozenset({"born", "office_sign"}),
    ),
    "client": LetterKind(
        always=_COMMON | _PERSON | {"sign", "opened_on"},
        known=frozenset({"born", "next_on", "next_at", "next_place"}),
    ),
    "appointment": LetterKind(
        always=_COMMON | {"day"},
        known=_PERSON | {"born", "time", "place", "language"},
        truths=frozenset({"interpreter"}),
        parts=frozenset({"appointment"}),
    ),
    "case": LetterKind(
        always=_COMMON | _PERSON | {"opened_on"},
        known=frozenset({"born", "closed_on", "closing_reason", "kept_until"}),
        parts=frozenset({"goals_reached", "goals_open", "offices"}),
    ),
}  # fmt: skip
"""What a letter can be about, by the word in its ``about``."""
