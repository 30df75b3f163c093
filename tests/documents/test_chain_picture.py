"""The chain on paper: all of it, in pieces that fit on a page, and in words for who cannot see it."""

from dataclasses import replace
from datetime import date, timedelta

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.documents.client_papers.chain_drawing import fitted, height
from kimdesk.documents.client_papers.chain_picture import LABEL, pieces
from kimdesk.documents.print import width_of
from kimdesk.domain.records import Case, CaseFile, Measure

DAY = date(2026, 11, 30)
PAGE = 734.0  # points


def _file(count: int, apart: int, regimes: tuple[str, ...] = ("sgb2", "sgb3", "sgb8")) -> CaseFile:
    """Return a case with measures of a month each, one begun ``apart`` days after the other."""
    measures = tuple(
        Measure(
            id=f"m{n}", case_id="c", title=f"{n}  Antrag mit einem langen Titel",
            regime=regimes[n % len(regimes)],
            starts_on=DAY + timedelta(days=n * apart), due_on=DAY + timedelta(days=n * apart + 30),
            requires=(f"m{n - 1}",) if n else (),
        )
        for n in range(count)
    )  # fmt: skip
    return CaseFile(case=Case(id="c", opened_on=DAY), measures=measures)


def test_a_plan_of_years_is_shown_whole_in_several_pictures() -> None:
    file = _file(40, 30)
    found = pieces(SHIPPED, file, DAY)
    assert len(found) == 3
    assert {bar.key for piece in found for bar in piece.bars} == {one.id for one in file.measures}
    assert max(map(height, found)) < PAGE


def test_many_measures_of_one_strand_go_on_over_the_page_and_none_is_cut() -> None:
    file = _file(60, 1, ("sgb2",))
    found = pieces(SHIPPED, file, DAY)
    assert len(found) > 1
    assert max(map(height, found)) < PAGE
    for piece in found:
        assert all(piece.top <= bar.top and bar.top + bar.height <= piece.bottom for bar in piece.bars)
    assert sum(len(piece.bars) for piece in found) == 60


def test_a_plan_without_a_date_has_no_picture() -> None:
    file = replace(_file(1, 0), measures=(Measure(id="m", case_id="c", title="Später"),))
    assert pieces(SHIPPED, file, DAY) == ()


def test_a_title_is_cut_where_there_is_no_room() -> None:
    cut = fitted("Antrag auf Anerkennung", 40, LABEL)
    assert cut.endswith("…")
    assert width_of(cut, LABEL) <= 40
    assert fitted("Antrag", 400, LABEL) == "Antrag"
