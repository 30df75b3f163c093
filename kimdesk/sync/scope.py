"""How much of a case may leave for the Kreis on a given day, as its consents say.

A consent counts while it is given, not withdrawn and not expired. Of several the widest level counts, with
the kinds of information of the consents at that level only. Without one, the case is counted in the
statistics and nothing else.
"""

import base64
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kimdesk.domain.consent import KREIS, standing, turns
from kimdesk.domain.records import Consent
from kimdesk.domain.terms import SharingLevel


@dataclass(frozen=True, slots=True)
class Terms:
    """What may leave of a case. ``hidden_address``: no address of anybody in the case leaves.

    ``why`` is the reason of the policy for what is shared, or for nothing being shared.
    """

    level: SharingLevel
    kinds: frozenset[str] = frozenset()
    special: frozenset[str] = frozenset()
    hidden_address: bool = False
    why: str = "consent"

    def covers(self, kind: str) -> bool:
        """Return whether information of ``kind`` may leave; "" needs no more than any consent."""
        return self.level is not SharingLevel.STATISTICS and (not kind or kind in self.kinds)

    def allows(self, category: str | None) -> bool:
        """Return whether data of a special category may leave; None is none."""
        return category is None or category in self.special


@dataclass(frozen=True, slots=True)
class Scope:
    """The terms of a case on a day.

    ``purpose`` is what pseudonyms are for, ``since`` the day ``why`` speaks of. ``changes_on`` is the next
    day on which the calendar alone changes the scope.
    """

    terms: Terms
    purpose: str = ""
    since: date | None = None
    changes_on: date | None = None

    @property
    def level(self) -> SharingLevel:
        """Return how much of the case is shared."""
        return self.terms.level

    @property
    def key(self) -> str:
        """Return what tells two scopes apart under which the same record leaves differently."""
        terms = self.terms
        if terms.level is SharingLevel.STATISTICS:
            return terms.level.value
        parts = (",".join(sorted(terms.kinds)), ",".join(sorted(terms.special)), self.purpose)
        return "|".join((terms.level.value, *parts, "hidden" if terms.hidden_address else ""))


def scope_of(
    consents: Iterable[Consent], day: date, *, hidden_address: bool = False, foreign: bool = False
) -> Scope:
    """Return the scope on ``day`` of a case with these ``consents``.

    ``foreign``: the case belongs to a municipality this desk is not enrolled for; nothing of it leaves.
    """
    to_kreis = [each for each in consents if each.recipient == KREIS]
    changes_on = min((on for each in to_kreis for on in turns(each) if on > day), default=None)
    counting = standing(to_kreis, day)
    if foreign or not counting:
        why, since = ("foreign", None) if foreign else _why_not(to_kreis, day)
        return Scope(Terms(SharingLevel.STATISTICS, why=why), since=since, changes_on=changes_on)
    level = min((each.level for each in counting), key=list(SharingLevel).index)
    deciding = [each for each in counting if each.level is level]
    deciding.sort(key=lambda each: (each.given_on or day, each.id))
    terms = Terms(
        level,
        frozenset(kind for each in deciding for kind in each.kinds),
        frozenset(category for each in deciding for category in each.special_categories),
        hidden_address,
        "statistics" if level is SharingLevel.STATISTICS else "consent",
    )
    return Scope(terms, deciding[0].purpose, deciding[-1].given_on, changes_on)


def _why_not(consents: Iterable[Consent], day: date) -> tuple[str, date | None]:
    """Return why no consent stands: the withdrawal or the end of the newest, if there was one."""
    withdrawn = [on for each in consents if (on := each.withdrawn_on) and on <= day]
    expired = [on for each in consents if each.given_on and (on := each.valid_until) and on < day]
    if withdrawn and max(withdrawn) >= max(expired, default=date.min):
        return "withdrawn", max(withdrawn)
    return ("expired", max(expired)) if expired else ("no_consent", None)


def pseudonyms(derive_key: Callable[[str], bytes], purpose: str) -> Callable[[str], str]:
    """Return the function from an identity to its pseudonym for ``purpose`` (HMAC-SHA256, 128 bit).

    ``derive_key`` is the vault's: nobody without the vault can find the identity, or tell that two
    pseudonyms for different purposes are the same person.
    """
    key = derive_key(f"pseudonym:{purpose}")

    def pseudonym(identity: str) -> str:
        digest = hmac.digest(key, identity.encode(), "sha256")[:15]
        return "P" + base64.b32encode(digest).decode().lower()

    return pseudonym
