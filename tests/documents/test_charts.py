"""Charts of figures: what is drawn and said, in the window's measure and on paper."""

import subprocess
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kimdesk.documents.print import Sheets
from kimdesk.documents.print.drawings import draw_on_paper, paper_pen
from kimdesk.domain.law.periods import month_start
from kimdesk.pictures.bars import BarRow, bars
from kimdesk.pictures.drawing import Chart, ChartBox, ChartStroke, ChartWords
from kimdesk.pictures.line import LineAxis, LinePoint, axis, line
from kimdesk.pictures.split_bars import SplitRow, split_bars
from kimdesk.pictures.tiles import Tile, steps, tiles

PEN = paper_pen(380)
WAITS = (
    BarRow("a", "Familienkasse", 34, 41, unit="Tage", more_is_worse=True),
    BarRow("b", "Ausländerbehörde", 16, 11, unit="Tage", more_is_worse=True),
    BarRow("c", "Frauenberatung", None, 9, hidden="unter 5 Fälle – nicht gezeigt"),
    BarRow("d", "Jobcenter", 9, 9, unit="Tage"),
)
CHANGES = (
    SplitRow("a", "AsylbLG → SGB II", 38, 26),
    SplitRow("b", "SGB II → Einkommen", 17, None, "unter 5"),
    SplitRow("c", "SGB II → SGB XII", None, None, "unter 5 – nicht gezeigt"),
)
PLACES = (
    *(Tile(str(at), f"Ort {at}", at * 5 + 5) for at in range(15)),
    Tile("x", "Brinkhorst", None, "unter 5"),
)
MONTHS = tuple(
    LinePoint(month_start(date(2025, 12, 1), at), value, "verdeckt", at > 8)
    for at, value in enumerate((546, 553, 560, 565, None, 581, 579, 588, 594, 601, 605, 612))
)
ALL = (
    bars(WAITS, PEN),
    split_bars(CHANGES, "ohne Lücke", "mit Lücke", PEN),
    tiles(PLACES, PEN),
    line(MONTHS, PEN),
)


def words(drawing: Chart) -> list[str]:
    """Return all words drawn."""
    return [each.text for each in drawing.marks if isinstance(each, ChartWords)]


def boxes(drawing: Chart) -> list[ChartBox]:
    """Return all boxes drawn."""
    return [each for each in drawing.marks if isinstance(each, ChartBox)]


def test_a_bar_is_as_long_as_its_number_and_a_tick_stands_where_it_was() -> None:
    drawing = ALL[0]
    solid = [each.width for each in boxes(drawing) if each.fill == "accent"]
    assert solid[0] / solid[1] == pytest.approx(34 / 16)
    ticks = [each for each in drawing.marks if isinstance(each, ChartStroke)]
    assert [each.ink for each in ticks] == ["text-2", "surface", "text-2"]  # white where it lies inside
    assert [each for each in words(drawing) if each in ("−7", "+5", "gleich")] == ["−7", "+5", "gleich"]
    assert [each.ink for each in drawing.marks if isinstance(each, ChartWords) and each.text == "+5"] == [
        "warn"
    ]


def test_what_is_hidden_has_no_bar_only_words() -> None:
    drawing = ALL[0]
    [dashed] = [each for each in boxes(drawing) if each.dashed]
    assert dashed.fill == "sunken"
    assert "Frauenberatung: unter 5 Fälle – nicht gezeigt." in drawing.alt
    assert "9" not in drawing.spots[2].spoken  # what it was before would tell, too


def test_both_parts_are_written_out_and_a_hidden_one_says_so() -> None:
    drawing = ALL[1]
    assert drawing.spots[0].spoken == "AsylbLG → SGB II: 38 ohne Lücke, 26 mit Lücke"
    assert drawing.spots[1].spoken == "SGB II → Einkommen: 17 ohne Lücke, unter 5 mit Lücke"
    assert sum(each.hatched for each in boxes(drawing)) == 1
    assert sum(each.dashed for each in boxes(drawing)) == 1


def test_tiles_say_their_number_and_steps_hold_every_number_once() -> None:
    assert {str(each.number) for each in PLACES if each.number} <= set(words(ALL[2]))
    found = steps(PLACES)
    assert len(found) == 4
    for place in PLACES:
        if place.number is not None:
            held = [each for each in found if each.least <= place.number <= (each.most or 10**9)]
            assert len(held) == 1
    assert steps([Tile("a", "Ort", None, "unter 5")]) == ()
    assert len(steps([Tile("a", "Ort", 7), Tile("b", "Ort", 7)])) == 1


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (16, 4), (17, 5), (24, 5)])
def test_any_number_of_municipalities_has_room(count: int, columns: int) -> None:
    drawing = tiles([Tile(str(at), f"Ort {at}", 9) for at in range(count)], PEN)
    assert len({each.place.x for each in drawing.spots}) == columns
    assert len({(each.place.x, each.place.y) for each in drawing.spots}) == count
    assert all(each.place.x + each.place.width <= drawing.width + 0.01 for each in drawing.spots)


def test_a_line_breaks_where_nothing_may_be_said_and_its_axis_is_round() -> None:
    drawing = ALL[3]
    assert axis(MONTHS) == LineAxis(500, 650, 50)
    thick = [each for each in drawing.marks if isinstance(each, ChartStroke) and each.thick > 1]
    assert [len(each.points) for each in thick] == [4, 7]
    assert all(before[0] < after[0] for one in thick for before, after in pairwise(one.points))
    assert "01.04.2026: verdeckt." in drawing.alt


@pytest.mark.parametrize("drawing", ALL)
def test_nothing_reaches_out_of_the_chart(drawing: Chart) -> None:
    for each in drawing.marks:
        if isinstance(each, ChartBox | ChartWords):
            assert each.x >= -0.01
            assert each.width >= 0
            assert each.x + each.width <= drawing.width + 0.5


def test_nothing_to_show_is_an_empty_chart() -> None:
    for drawing in (bars((), PEN), split_bars((), "a", "b", PEN), tiles((), PEN), line((), PEN)):
        assert drawing.spots == ()
        assert drawing.alt == ""


def test_they_are_drawn_on_paper_with_their_words(tmp_path: Path) -> None:
    sheets = Sheets("Kennzahlen")
    top = 800.0
    for drawing in ALL:
        figure = sheets.document.add("Figure", alt=drawing.alt)
        draw_on_paper(drawing, sheets, figure, 60, top)
        top -= drawing.height + 30
    path = tmp_path / "charts.pdf"
    path.write_bytes(sheets.finished())
    told = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()
    for name in ("Familienkasse", "Brinkhorst", "AsylbLG → SGB II", "unter 5 Fälle – nicht gezeigt"):
        assert name in told
