"""What the Lenkungsgruppe gets to decide: bundled findings with their reach in bands, and lines to write on.

It names no desk, no municipality and nobody: places named in a text are replaced, small numbers are banded.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.documents.paper import PaperBlock, lay_out
from kimdesk.domain import media
from kimdesk.kreis.findings import ReportedFinding
from kimdesk.kreis.steering import board
from kimdesk.kreis.steering.board import FindingsBoard
from kimdesk.kreis.steering.values import FindingCluster
from kimdesk.texts import dates, say, steering
from kimdesk.texts.bidi import apart

AT_THE_GROUP: Final = "steering_group"
LATELY: Final = ("decided", "implemented")
"""States of what was decided before: it is reported, not decided again."""
_SMALL: Final = 5
"""Below so many, a number of findings is said as a band."""
_PROPOSALS: Final = 5


def pdf(desk: Desk, today: date) -> bytes:
    """Return the paper as it stands on ``today``. Raises ContentError E797 when no font has a sign of it."""
    shown = board.read(desk)
    waiting = _in_order(each for each in shown.clusters if each.state == AT_THE_GROUP)
    before = _in_order(each for each in shown.clusters if each.state in LATELY)
    blocks = [*_head(desk, waiting, today)]
    if not waiting:
        blocks.append(PaperBlock("text", say("steering_agenda.nothing_waits")))
    for number, each in enumerate(waiting, 1):
        blocks += _item(desk, shown, each, number)
    if before:
        blocks.append(PaperBlock("heading", say("steering_agenda.before")))
        blocks += [_report(desk, shown, each) for each in before]
    blocks += [PaperBlock("sign", say(f"steering_agenda.sign_{who}")) for who in ("chair", "minutes")]
    blocks.append(PaperBlock("note", say("paper.made", day=today, name=desk.actor)))
    return lay_out(say("steering_agenda.title"), blocks, practice=desk.practice, about=desk.name)


def save(desk: Desk, path: Path, data: bytes) -> None:
    """Write the paper to ``path``; the audit trail tells of it.

    Raises StoreError E920 to E923 when it cannot be written; then nothing is left behind.
    """
    with desk.writing() as writer:
        writer.record("copied_out", "kreis", "", "")
        media.write(path, data)


def note_printed(desk: Desk) -> None:
    """Let the audit trail tell that the paper was printed."""
    with desk.writing() as writer:
        writer.record("copied_out", "kreis", "", "")


def _in_order(found: Iterable[FindingCluster]) -> list[FindingCluster]:
    """Return bundles by the day they are dealt with, then by their titles."""
    return sorted(found, key=lambda one: (one.dealing.meets_on or date.max, one.wording.title.casefold()))


def _head(desk: Desk, waiting: list[FindingCluster], today: date) -> Iterator[PaperBlock]:
    days = sorted({each.dealing.meets_on for each in waiting if each.dealing.meets_on})
    yield _fact("kreis", desk.name)
    yield _fact("as_of", dates.full(today))
    if days:
        yield _fact("meeting", apart(", ").join(map(dates.full, days)))
    yield _fact("waiting", say("steering_agenda.n_waiting", n=len(waiting)))
    yield PaperBlock("note", say("steering_agenda.basis"))


def _item(desk: Desk, shown: FindingsBoard, found: FindingCluster, number: int) -> Iterator[PaperBlock]:
    inside = shown.inside.get(found.id, ())
    places = _places(inside)
    wording, dealing = found.wording, found.dealing
    title = _without(wording.title, places)
    yield PaperBlock("heading", say("steering_agenda.item", number=number, title=title))
    if wording.summary:
        yield PaperBlock("text", _without(wording.summary, places))
    yield from _facts(desk, found, places)
    proposals = dict.fromkeys(_without(each.proposal, places) for each in inside if each.proposal)
    if proposals:
        yield PaperBlock("text", say("steering_agenda.proposals"))
        yield from (PaperBlock("item", each) for each in list(proposals)[:_PROPOSALS])
    if dealing.decision:
        yield PaperBlock("entry", _without(dealing.decision, places), say("steering_agenda.fact_decision"))
    else:
        yield from (PaperBlock("sign", say(f"steering_agenda.line_{line}")) for line in ("decision", "who"))


def _facts(desk: Desk, found: FindingCluster, places: frozenset[str]) -> Iterator[PaperBlock]:
    catalogue, wording = desk.catalogue, found.wording
    kind = catalogue.label("finding_kind", wording.kind)
    domain = catalogue.label("life_domain", wording.life_domain)
    said = {
        "kind": apart(" · ").join(filter(None, (kind, domain))),
        "reach": reach(found),
        "agencies": _without(wording.agencies, places),
        "services": apart(", ").join(map(catalogue.service_name, wording.services)),
        "transition": steering.transition(catalogue, wording.regimes),
        "chain_steps": apart(", ").join(steering.chain_steps(catalogue, wording.chain_steps)),
        "group": found.dealing.group,
    }
    yield from (_fact(name, text) for name, text in said.items() if text)


def reach(found: FindingCluster) -> str:
    """Return how far a bundle reaches, in words that lead to no case."""
    told = found.reach
    if not told.findings:
        return say("steering.empty")
    band = steering.band(told.municipalities)
    since = dates.month(told.first_on) if told.first_on else "–"
    if told.findings < _SMALL:
        return say("steering_agenda.reach_small", least=_SMALL, band=band, since=since)
    return say("steering_agenda.reach", n=told.findings, band=band, since=since)


def _report(desk: Desk, shown: FindingsBoard, found: FindingCluster) -> PaperBlock:
    places = _places(shown.inside.get(found.id, ()))
    title, decision = (_without(each, places) for each in (found.wording.title, found.dealing.decision))
    words = say("steering_agenda.reported", title=title, decision=decision) if decision else title
    return PaperBlock("fact", words, desk.catalogue.label("finding_state", found.state))


def _places(inside: Iterable[ReportedFinding]) -> frozenset[str]:
    """Return the names of places from which findings come; in an invented Kreis as in a real one."""
    found = list(inside)
    named = {each.desk for each in found} | {municipality_name(each.ags) for each in found if each.ags}
    return frozenset(filter(None, named))


def _without(text: str, places: frozenset[str]) -> str:
    """Return ``text`` without the names of ``places``."""
    if not places:
        return text
    names = "|".join(map(re.escape, sorted(places, key=len, reverse=True)))
    return re.sub(rf"\b({names})\b", say("steering_agenda.instead_place"), text)


def _fact(name: str, text: str) -> PaperBlock:
    return PaperBlock("fact", text, say(f"steering_agenda.fact_{name}"))
