"""The network on paper: picture, table and how it was counted, as they are read aloud."""

from pathlib import Path

import pypdfium2

from kimdesk.documents import network_paper
from kimdesk.kreis.steering import network
from tests.kreis.network_rows import a_quarter
from tests.sync.exchange import TODAY, make_desk


def test_paper_tells_ways_agreed_days_and_how_they_were_counted(tmp_path: Path) -> None:
    kreis = make_desk(tmp_path / "kreis", "Kreis Auental", "kreis")
    period = network.quarters(TODAY)[0]
    a_quarter(period.first).write(kreis)
    found = network.draw(kreis, period, today=TODAY)
    data = network_paper.pdf(kreis, found, TODAY)
    with pypdfium2.PdfDocument(data) as paper:
        pages = [page.get_textpage().get_text_range() for page in paper]
    assert len(pages) == 2
    assert "Kita-Platz" in pages[0]
    assert "14 · 44 Tage" in pages[0]
    for told in ("+16", "Engpass", found.digest, "Zahlen unter 5 stehen nicht da"):
        assert told in pages[1].replace("\r\n", " "), told
    kreis.close()
