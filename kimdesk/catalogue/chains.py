"""Templates of typical integration chains: which measures usually follow each other, and how long they take.

A file in ``resources/chains/`` is one template. Its days are experience values, not rules: ``checked`` is
false until somebody has compared them with the practice of the place („ungeprüft“).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from kimdesk.catalogue.known import Known
from kimdesk.domain.errors import ContentError
from kimdesk.domain.law.paragraphs import read
from kimdesk.forms.shape import shaped


class ChainStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A small step within a link: what, and by whom."""

    text: str
    by: str = ""  # step_owner


class ChainLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One measure of a chain: it begins ``after`` days after the chain and lasts ``days`` days."""

    code: str
    title: str
    regime: str = ""  # legal_regime
    service: str = ""
    after: int
    days: int
    requires: tuple[str, ...] = ()  # codes of earlier links
    fallback: str = ""
    note: str = ""
    rule: str = ""  # a code of ``catalogue.deadline_rules``: when the case holds its day, the link ends by it
    steps: tuple[ChainStep, ...] = msgspec.field(name="step", default=())

    def dates(self, start: date) -> tuple[date, date]:
        """Return first and last day in a chain that begins on ``start``."""
        first = start + timedelta(days=self.after)
        return first, first + timedelta(days=self.days - 1)


class ChainTemplate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A typical chain: its links stand in an order in which each comes after those it waits for."""

    code: str
    title: str
    note: str
    icon: str  # Phosphor
    life_domain: str  # life_domain, of the goal it usually serves
    titles: tuple[str, ...] = ()  # for whom: paragraphs of their titles, as „25.2.1.1“; nothing: for all
    source: str
    valid_from: date
    valid_until: date | None = None
    checked: bool = False
    links: tuple[ChainLink, ...] = msgspec.field(name="link")

    def offered(self, on: date) -> bool:
        """Return whether the template is in force on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)

    def suits(self, paragraph: str) -> bool:
        """Return whether it is meant for holders of a title by ``paragraph``, as far as that is said."""
        named = read(paragraph)
        return any(named.may_lie_in(one) for one in self.titles)


def parse(table: Mapping[str, Any], name: str, known: Known) -> ChainTemplate:
    """Return the template that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, ChainTemplate, name)
    for complaint in _complaints(found, name, known):
        raise ContentError("E700", name=name, place=complaint)
    return found


def _complaints(found: ChainTemplate, name: str, known: Known) -> Iterator[str]:
    if found.code != name.partition("@")[0] or not found.links:
        yield "code, link"
    if found.life_domain not in known.code_list("life_domain"):
        yield "life_domain"
    ends: dict[str, int] = {}
    for link in found.links:
        yield from _link_complaints(link, ends, known)
        ends[link.code] = link.after + link.days


def _link_complaints(link: ChainLink, ends: dict[str, int], known: Known) -> Iterator[str]:
    """Yield what is wrong with ``link``; ``ends`` says on which day each earlier link is over."""
    if link.code in ends or not link.code.isidentifier() or not link.title.strip():
        yield f"{link.code}: code, title"
    if link.days < 1 or link.after < 0:
        yield f"{link.code}: after, days"
    if any(one not in ends or ends[one] > link.after for one in link.requires):
        yield f"{link.code}: requires"
    if link.regime and link.regime not in known.code_list("legal_regime"):
        yield f"{link.code}: regime"
    if any(step.by and step.by not in known.code_list("step_owner") for step in link.steps):
        yield f"{link.code}: step"
    if link.service:
        known.service(link.service)
    if link.rule and all(one.code != link.rule for one in known.rules.deadlines.every):
        yield f"{link.code}: rule"
