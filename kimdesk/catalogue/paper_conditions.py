"""What a checklist asks for, and when it is needed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from kimdesk.catalogue.conditions import When, complaints, demand_small
from kimdesk.catalogue.known import Lists
from kimdesk.domain.errors import ContentError
from kimdesk.domain.needs.facts import CaseFacts
from kimdesk.domain.needs.judging import Judgement, judge
from kimdesk.domain.needs.proofs import ProofRules

ALWAYS = Judgement(True)


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something a checklist asks for. ``condition`` (German) reads well after „weil:“ and „wenn:“.

    ``when``: the same for the program, so that the case can answer it; without ``condition`` it says who the
    paper is for, one each (``per_person``), in a line that is always needed.
    """

    code: str
    label: str
    condition: str = ""
    when: When | None = None
    per_person: bool = False  # one for each person it is for, else of the household
    proofs: tuple[str, ...] = ()  # document_kind; filled in by ``proven`` where the document names none

    @property
    def mandatory(self) -> bool:
        """Return whether it is always needed („Pflicht“) and not only under a condition."""
        return not self.condition

    def judged(self, facts: CaseFacts) -> Judgement:
        """Return whether it is needed by ``facts``."""
        if self.when is None:
            return ALWAYS if self.mandatory else Judgement(None)
        return judge(self.when.meaning, facts)


P = TypeVar("P", bound=Paper)


def proven(paper: P, rules: ProofRules) -> P:
    """Return ``paper`` with the kinds of paper that are the proof for it."""
    return paper if paper.proofs else msgspec.structs.replace(paper, proofs=rules.serving(paper.code))


def demand_small_papers(table: Mapping[str, Any], name: str) -> None:
    """Raise ContentError E700 when a condition in ``table`` is larger than anybody reads."""
    items = table.get("item", ())
    for each in items if isinstance(items, list | tuple) else ():
        if complaint := demand_small(each.get("when") if isinstance(each, Mapping) else None):
            raise ContentError("E700", name=name, place=complaint)


def paper_complaints(papers: Iterable[Paper], known: Lists) -> Iterator[str]:
    """Yield what is wrong with the conditions of ``papers``."""
    for one in papers:
        if one.when and not (one.condition or one.per_person):
            yield "item: condition"
        for complaint in complaints(one.when, known) if one.when else ():
            yield f"{one.code}: {complaint}"
