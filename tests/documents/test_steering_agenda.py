"""The paper for the Lenkungsgruppe: what is to be decided, in numbers that lead to nobody."""

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from pdfua import validate

from kimdesk.casework import trail
from kimdesk.casework.trail import Filter
from kimdesk.documents import steering_agenda
from kimdesk.domain.records import Finding
from kimdesk.kreis import findings
from kimdesk.kreis.steering import bundling
from kimdesk.kreis.steering.values import ClusterDealing, ClusterWording, FindingCluster
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, exchange, exchange_template

__all__ = ["exchange", "exchange_template"]
WORDS: dict[str, Any] = {
    "kind": "service_gap",
    "life_domain": "language",
    "agencies": "Volkshochschule Eschenried",
    "services": ("integration_course",),
    "regimes": ("asylblg_basic", "sgb2"),
    "chain_steps": ("first_orientation:registration",),
}


def bundle(exchange: Exchange, title: str, number: int, state: str = "steering_group") -> FindingCluster:
    """Bring a bundle of so many findings to a state."""
    case = exchange.case().case
    for at in range(number):
        proposal = "Ein Kurs je Halbjahr, auch in Eschenried"
        exchange.put(
            Finding(case_id=case.id, title=f"{title} {at}", ags=AGS, noted_on=TODAY, proposal=proposal)
        )
    exchange.round()
    inside = [one.id for one in findings.reported(exchange.kreis) if one.title.startswith(title)]
    made = bundling.begin(exchange.kreis, inside, ClusterWording(title=title, **WORDS), now=NOW)
    dealing = ClusterDealing(group="AG Sprache", meets_on=date(2026, 12, 8))
    made = bundling.deal(exchange.kreis, made.id, made.rev, dealing, now=NOW)
    return bundling.move(exchange.kreis, made.id, made.rev, state, now=NOW)


def read(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_it_lists_what_waits_in_bands_and_leaves_lines_to_write_on(
    exchange: Exchange, tmp_path: Path
) -> None:
    bundle(exchange, "Kein Kurs am Vormittag in Eschenried", 6)
    bundle(exchange, "Bank verlangt einen Pass", 2)
    done = bundle(exchange, "Sprachmittlerpool", 1, "decided")
    dealing = ClusterDealing(decision="Der Pool wird erweitert.")
    bundling.deal(exchange.kreis, done.id, done.rev, dealing)
    data = steering_agenda.pdf(exchange.kreis, TODAY)
    path = tmp_path / "paper.pdf"
    steering_agenda.save(exchange.kreis, path, data)
    assert not validate(str(path)).findings
    told = read(path.read_bytes())
    for words in (
        "Sitzung 08.12.2026",
        "1. Bank verlangt einen Pass",
        "2. Kein Kurs am Vormittag in (Gemeinde)",
        "6 Befunde aus unter 3 Gemeinden",
        "Befunde: unter 5, aus unter 3 Gemeinden",
        "AsylbLG, Grundleistungen → SGB II",
        "Volkshochschule (Gemeinde)",
        "Wohnsitz anmelden",
        "Ein Kurs je Halbjahr, auch in (Gemeinde)",
        "Wer kümmert sich, bis wann?",
        "Sprachmittlerpool: Der Pool wird erweitert.",
    ):
        assert words in told
    assert "Eschenried" not in told, "no place can be recognised"
    lines = [line.words for line in trail.page(exchange.kreis, Filter()).lines]
    assert "außerhalb des Tresors gespeichert" in lines


def test_where_nothing_waits_it_says_so(exchange: Exchange) -> None:
    assert "liegt zurzeit kein gebündelter Befund vor" in read(steering_agenda.pdf(exchange.kreis, TODAY))
