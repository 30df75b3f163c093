"""Scans stay on the desk: nothing of them leaves, and the preview says so."""

from datetime import date

from kimdesk import sync
from kimdesk.casework import attachments
from kimdesk.texts.preview import PreviewWords, basis
from tests.scan_samples import pdf
from tests.sync.exchange import TODAY, Exchange


def test_the_preview_counts_scans_as_staying(exchange: Exchange) -> None:
    known = exchange.case()
    for title in ("Pass Amna", "Mietvertrag"):
        attachments.attach(exchange.desk, known.case.id, pdf(), title=title, valid_until=date(2027, 1, 31))
    preview = sync.preview(exchange.desk, TODAY)
    [line] = [line for line in preview.stays if line.group == "attachment"]
    words = PreviewWords(exchange.desk.catalogue)
    assert (words.label(line), words.what(line)) == ("Scans und Fotos", "2 Unterlagen")
    assert basis(line) == "feste Regel"
    assert not any(name.startswith("attachment.") for each in preview.leaves for name, _ in each.fields)


def test_nothing_of_a_scan_is_in_the_bundle(exchange: Exchange) -> None:
    known = exchange.case()
    attachments.attach(exchange.desk, known.case.id, pdf("Pass"), title="Pass Amna")
    exchange.round()
    gone = attachments.attach(exchange.desk, known.case.id, pdf("Pass"), title="Pass Amna, alt")
    attachments.remove(exchange.desk, gone, "duplicate")
    exchange.change(known.goal, text="Ziel mit neuem Wortlaut")
    sections = exchange.opened(exchange.export().path)
    assert not any(line["kind"] == "attachment" for name in ("records", "erase") for line in sections[name])
    assert len(sections["records"]) == 1
    assert "Pass Amna" not in str(sections)
