"""The scans of the town: real sheets that say they are invented, the same every time."""

from datetime import date

import pypdfium2

from kimdesk.practice.scans import page, scans_of
from kimdesk.practice.town import cases

TODAY = date(2026, 11, 24)


def test_a_sheet_says_that_it_is_invented_and_what_it_is() -> None:
    file = next(iter(cases(1, 1, TODAY)))
    found = list(scans_of(file, TODAY))
    assert found
    for described, scan in found:
        sheets = pypdfium2.PdfDocument(scan.data)
        said = sheets[0].get_textpage().get_text_range()
        assert len(sheets) == 1
        assert said.splitlines()[:2] == ["Übungsgemeinde – erfunden", described.title]


def test_letters_a_plain_sheet_lacks_do_not_stop_it() -> None:
    assert page(("Dilan Şahin", "(Pass)")) == page(("Dilan Şahin", "(Pass)"))
