"""How much of a case may leave for the Kreis on a given day, as its consents say.

A consent names recipient, purpose, kinds of information and how long it lasts, and opens what all of them
open: its purpose lets out what the policy says it needs (``[purpose]``), and of that only the kinds the
consent names. It counts while it is given, not withdrawn and not expired. Of several the widest level counts,
with the consents at that level only. Without one, the case is counted in the statistics and nothing else.

Somebody of the household who is of age has a say of their own: about them nothing leaves that their own
consent does not let out as well. For a child the client consents, whose case it is.
"""

import hmac
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from kimdesk.domain.consent import KREIS, standing, turns
from kimdesk.domain.records import Consent
from kimdesk.domain.terms import SharingLevel
from kimdesk.sync.leaving.allow_list import TECHNICAL
from kimdesk.sync.leaving.policy import policy

_LEVELS: Final = tuple(SharingLevel)
_PAIRS: Final = ["".join(pair) for pair in product("abcdefghijklmnopqrstuvwxyz234567", repeat=2)]
"""Ten bits each in base32 (RFC 4648 §6), small letters."""
_REMEMBERED: Final = 16_384


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """What the consents for one ``purpose`` open.

    ``named`` are the kinds of information they name, ``kinds`` those of them and ``groups`` the groups of
    fields that the purpose needs; ``special`` the kinds whose data of a special category they name as well,
    with the category.
    """

    purpose: str
    named: frozenset[str]
    kinds: frozenset[str]
    groups: frozenset[str]
    special: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, purpose: str, consents: Collection[Consent]) -> "Grant":
        """Return what ``consents``, all for ``purpose``, open together."""
        named = frozenset(kind for each in consents for kind in each.kinds)
        special = {pair for each in consents for pair in product(each.kinds, each.special_categories)}
        rule = policy().purpose[purpose]
        return cls(purpose, named, named & set(rule.kinds), frozenset(rule.groups), frozenset(special))

    @property
    def key(self) -> str:
        """Return what tells it from others."""
        special = ",".join("/".join(pair) for pair in sorted(self.special))
        return f"{self.purpose}:{','.join(sorted(self.named))}:{special}"

    def serves(self, kinds: Collection[str], group: str) -> bool:
        """Return whether the purpose needs information of all ``kinds`` in ``group``."""
        return self.kinds >= set(kinds) and (group == TECHNICAL or group in self.groups)


@dataclass(frozen=True, slots=True)
class Terms:
    """What may leave of a case. ``shielded``: nothing that can tell where somebody in it lives leaves.

    ``why`` is the reason of the policy for what is shared, or for nothing being shared.
    """

    level: SharingLevel
    grants: tuple[Grant, ...] = ()
    shielded: bool = False
    why: str = "consent"

    def refusal(self, kinds: Iterable[str], group: str = TECHNICAL, categories: Collection[str] = ()) -> str:
        """Return why information of all ``kinds`` in ``group`` stays, "" when a consent lets it out.

        A kind "" needs no more than any consent. ``categories`` are the special ones it belongs to.
        """
        if self.level is SharingLevel.STATISTICS:
            return self.why
        asked = {kind for kind in kinds if kind}
        named = [each for each in self.grants if each.named >= asked]
        if not named:
            return "no_kind"
        serving = [each for each in named if each.serves(asked, group)]
        if not serving:
            return "purpose"
        wanted = {(kind, category) for kind in asked for category in categories}
        return "" if any(each.special >= wanted for each in serving) else "special"

    @property
    def key(self) -> str:
        """Return what tells two terms apart under which the same record leaves differently."""
        if self.level is SharingLevel.STATISTICS:
            return self.level.value
        return "|".join((self.level.value, *(each.key for each in self.grants), "shielded" * self.shielded))


UNASKED: Final = Terms(SharingLevel.STATISTICS, why="no_consent")
"""The terms of somebody who has not agreed to anything."""


@dataclass(frozen=True, slots=True)
class CasePeople:
    """Who is in a case: its ``clients``, and the children with the day on which they are of age."""

    clients: frozenset[str] = frozenset()
    children: Mapping[str, date] = field(default_factory=dict)

    def minors(self, day: date) -> frozenset[str]:
        """Return the children for whom somebody else consents on ``day``."""
        return frozenset(person_id for person_id, of_age in self.children.items() if day < of_age)


ALONE: Final = CasePeople()


@dataclass(frozen=True, slots=True)
class Scope:
    """The terms of a case on a day.

    ``purpose`` is what pseudonyms are for, ``since`` the day ``why`` speaks of. ``changes_on`` is the next
    day on which the calendar alone changes the scope. ``own``: what others than the client agreed to, by
    person; ``minors``: those for whom the client agrees.
    """

    terms: Terms
    purpose: str = ""
    since: date | None = None
    changes_on: date | None = None
    clients: frozenset[str] = frozenset()
    minors: frozenset[str] = frozenset()
    own: tuple[tuple[str, Terms], ...] = ()

    @property
    def level(self) -> SharingLevel:
        """Return how much of the case is shared."""
        return self.terms.level

    @property
    def key(self) -> str:
        """Return what tells two scopes apart under which the same record leaves differently."""
        if self.level is SharingLevel.STATISTICS:
            return self.level.value
        people = (",".join(sorted(each)) for each in (self.clients, self.minors))
        own = (f"{person_id}={terms.key}" for person_id, terms in self.own)
        given = self.since.isoformat() if self.since else ""  # given again, the Kreis takes it again
        return "|".join((self.terms.key, self.purpose, given, *people, *own))

    def say_of(self, person_id: str) -> Terms | None:
        """Return what somebody who is not the client agreed to; None where the client says it for them."""
        if person_id in self.minors:
            return None
        return next((terms for who, terms in self.own if who == person_id), UNASKED)


def scope_of(
    consents: Iterable[Consent],
    day: date,
    *,
    household: CasePeople = ALONE,
    shielded: bool = False,
    stays: str = "",
) -> Scope:
    """Return the scope on ``day`` of a case with these ``consents``.

    ``stays``: why nothing of the case leaves, whatever was agreed to: a reason of the policy.
    """
    to_kreis = [each for each in consents if each.recipient == KREIS]
    clients: list[Consent] = []
    others: dict[str, list[Consent]] = {}
    for each in to_kreis:
        other = each.person_id and each.person_id not in household.clients
        (others.setdefault(each.person_id, []) if other else clients).append(each)
    turning = (*(on for each in to_kreis for on in turns(each)), *household.children.values())
    agreed = _agreed(clients, day)
    if stays:
        agreed = _Agreed(Terms(SharingLevel.STATISTICS, why=stays))
    return Scope(
        replace(agreed.terms, shielded=shielded),
        agreed.purpose,
        agreed.since,
        min((on for on in turning if on > day), default=None),
        household.clients,
        household.minors(day),
        tuple((person_id, _agreed(others[person_id], day).terms) for person_id in sorted(others)),
    )


class _Agreed(NamedTuple):
    """The terms that consents of the same person make, the purpose of pseudonyms, and since when."""

    terms: Terms
    purpose: str = ""
    since: date | None = None


def _agreed(consents: Collection[Consent], day: date) -> _Agreed:
    counting = standing(consents, day)
    if not counting:
        why, ended = _why_not(consents, day)
        return _Agreed(Terms(SharingLevel.STATISTICS, why=why), since=ended)
    serving = [each for each in counting if each.purpose in policy().purpose]
    if not serving:
        newest = max(each.given_on or day for each in counting)
        return _Agreed(Terms(SharingLevel.STATISTICS, why="purpose"), since=newest)
    level = min((each.level for each in serving), key=_LEVELS.index)
    deciding = [each for each in serving if each.level is level]
    deciding.sort(key=lambda each: (each.given_on or day, each.id))
    why = "statistics" if level is SharingLevel.STATISTICS else "consent"
    return _Agreed(Terms(level, _grants(deciding), why=why), deciding[0].purpose, deciding[-1].given_on)


def _grants(consents: Iterable[Consent]) -> tuple[Grant, ...]:
    by_purpose: dict[str, list[Consent]] = {}
    for each in consents:
        by_purpose.setdefault(each.purpose, []).append(each)
    return tuple(Grant.of(purpose, by_purpose[purpose]) for purpose in sorted(by_purpose))


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

    @lru_cache(_REMEMBERED)
    def pseudonym(identity: str) -> str:
        number = int.from_bytes(hmac.digest(key, identity.encode(), "sha256")[:15], "big")
        return "P" + "".join([_PAIRS[number >> place & 1023] for place in range(110, -1, -10)])

    return pseudonym
