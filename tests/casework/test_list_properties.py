"""Lists made by the hundred: whatever they are saved as, whatever stands around, every person comes out."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimdesk.casework.person_lists import TableFile, guess, read_table, rows_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import KimdeskError
from tests.workbooks import Cell, Sheet, ods, xlsx

COLUMNS = SHIPPED.rules.person_columns
DAY = date(2026, 11, 30)
HEADS = ("Nachname", "Vorname", "geb.", "PLZ")
HARMLESS = [HealthCheck.function_scoped_fixture]

Person = tuple[str, str, str, str]
_word = st.text("abcdefghijklmnopqrstuvwxyzäöüßé", min_size=2, max_size=9).map(str.capitalize)
_name = st.lists(_word, min_size=1, max_size=2).map("-".join)
_given = st.lists(_word, min_size=1, max_size=2).map(" ".join)
_day = st.dates(date(1930, 1, 1), date(2020, 1, 1)).map(lambda day: f"{day:%d.%m.%Y}")
_person = st.tuples(_name, _given, _day, st.integers(1000, 99_999).map(lambda number: f"{number:05}"))
PERSONS = st.lists(_person, min_size=1, max_size=12)
TITLES = st.lists(
    st.sampled_from(["Unterkunft Nord", "Stand: 30.11.2026", "Frau Kessler, intern", ""]), max_size=3
)


def found_in(path: Path, data: bytes) -> tuple[TableFile, list[Person]]:
    path.write_bytes(data)
    table = read_table(path, COLUMNS)
    rows = rows_of(SHIPPED, table, guess(COLUMNS, table), DAY)
    people = [each for each in rows if (not each.fatal and not each.doubtful) or is_twice(each.troubles)]
    said = []
    for each in people:
        born = each.person.birth_date
        day = f"{born.day:02}.{born.month:02}.{born.year}" if born else ""
        said.append((each.person.family_name, each.person.given_names, day, each.person.postcode))
    assert table.read == len(table.rows) + table.empty + table.repeated
    assert len({each.number for each in rows}) == len(rows) == len(table.rows)
    return table, said


def is_twice(troubles: tuple[object, ...]) -> bool:
    return [getattr(each, "code", "") for each in troubles] == ["twice"]


def as_text(persons: list[Person], titles: list[str], separator: str, *, quoted: bool = False) -> str:
    out = io.StringIO()
    lines = csv.writer(
        out,
        delimiter=separator,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
        lineterminator="\r\n",
    )
    lines.writerow(HEADS)
    lines.writerows(persons)
    return "".join(f"{each}\r\n" for each in titles) + out.getvalue()


@settings(max_examples=150, suppress_health_check=HARMLESS, deadline=None)
@given(
    persons=PERSONS, titles=TITLES, separator=st.sampled_from(";,\t|"),
    quoted=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]),
)  # fmt: skip
def test_every_person_of_a_text_comes_out(
    tmp_path: Path, persons: list[Person], titles: list[str], separator: str, quoted: bool, encoding: str
) -> None:
    text = as_text(persons, titles, separator, quoted=quoted)
    _, said = found_in(tmp_path / "liste.csv", text.encode(encoding))
    assert said == persons


@settings(max_examples=150, suppress_health_check=HARMLESS, deadline=None)
@given(persons=PERSONS, place=st.data(), mark=st.sampled_from(['"', '""', '"""', "'"]))
def test_a_stray_quotation_mark_costs_nobody_else(
    tmp_path: Path, persons: list[Person], place: st.DataObject, mark: str
) -> None:
    lines = as_text(persons, [], ";").split("\r\n")
    row = place.draw(st.integers(1, len(persons)))
    at = place.draw(st.integers(0, len(lines[row])))
    lines[row] = lines[row][:at] + mark + lines[row][at:]
    table, said = found_in(tmp_path / "liste.csv", "\r\n".join(lines).encode())
    others = [each for number, each in enumerate(persons, 1) if number != row]
    assert [each for each in others if each not in said] == []
    assert len(table.rows) == len(persons)


@settings(max_examples=60, suppress_health_check=HARMLESS, deadline=None)
@given(
    persons=PERSONS, titles=TITLES, strings=st.booleans(), first=st.integers(1, 9),
    gap=st.integers(0, 3), cover=st.booleans(),
)  # fmt: skip
def test_every_person_of_a_workbook_comes_out(
    tmp_path: Path, persons: list[Person], titles: list[str], strings: bool, first: int, gap: int, cover: bool
) -> None:
    rows = [(*each[:3], Cell(int(each[3]), "00000")) for each in persons]
    lines = [*((each,) for each in titles), HEADS, *rows, *[()] * gap, ("Summe", len(rows))]
    sheets = {"Deckblatt": Sheet((("KIM", "Eschenried"),))} if cover else {}
    data = xlsx({**sheets, "Liste": Sheet(lines, first_row=first)}, strings=strings)
    table, said = found_in(tmp_path / "liste.xlsx", data)
    assert said == persons
    assert (table.numbers[0], table.empty) == (first + len(titles) + 1, gap)


@settings(max_examples=40, suppress_health_check=HARMLESS, deadline=None)
@given(persons=PERSONS, titles=TITLES)
def test_every_person_of_an_open_document_comes_out(
    tmp_path: Path, persons: list[Person], titles: list[str]
) -> None:
    rows = [(*each[:3], Cell(int(each[3]), each[3])) for each in persons]
    data = ods({"Liste": [*((each,) for each in titles), HEADS, *rows]})
    assert found_in(tmp_path / "liste.ods", data)[1] == persons


@pytest.mark.parametrize("form", ["text", "workbook"])
@settings(max_examples=100, suppress_health_check=HARMLESS, deadline=None)
@given(persons=PERSONS, place=st.data())
def test_damage_is_read_or_refused(
    tmp_path: Path, form: str, persons: list[Person], place: st.DataObject
) -> None:
    text = as_text(persons, [], ";").encode()
    whole = text if form == "text" else xlsx({"Liste": Sheet([HEADS, *persons])})
    at = place.draw(st.integers(0, len(whole) - 1))
    taken = place.draw(st.integers(0, 40))
    damaged = whole[:at] + place.draw(st.binary(max_size=20)) + whole[at + taken :]
    assert code_of(tmp_path / "liste", damaged) in {"", "E720", "E721", "E722"}


def code_of(path: Path, data: bytes) -> str:
    try:
        found_in(path, data)
    except KimdeskError as error:
        return error.code
    return ""
