"""Lists of persons from offices: read whatever they were saved as, looked at first, taken in, undone."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.casework import cases, drafts, person_lists, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.person_lists import TableFile, guess, rows_of
from kimdesk.casework.person_lists.days import DayOrder
from kimdesk.casework.person_lists.names import WHOLE
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError, ContentError, KimdeskError, StoreError
from kimdesk.domain.records import Contact, LanguageSkill, Person
from tests.broken_xls import panicking_workbook

COLUMNS = SHIPPED.rules.person_columns
DAY = date(2026, 11, 24)
LIST = """Nachname;Vorname;geb. am;Staatsangehörigkeit;Sprache;Geschlecht;Az.
Müßig;Jürgen;24.11.1990;deutsch;Deutsch;m;A-1
Osman;Amna;1.3.85;Syrien;Arabisch / Kurdisch;w;A-2
Yıldız;Ayşe;1987;Türkei;Türkisch;Frau;
;;;;;;A-9
Osman;Amna;01.03.1985;Syrien;Arabisch;w;A-3
"""


def read_table(path: Path) -> TableFile:
    return person_lists.read_table(path, COLUMNS)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "liste.csv"
    path.write_bytes(text.encode(encoding))
    return path


def workbook(path: Path, lines: list[list[str | int]]) -> Path:
    """Write a workbook with one sheet, as small as Excel takes it."""
    cells = "".join("<row>" + "".join(_cell(value) for value in line) + "</row>" for line in lines)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{relation}"><sheets><sheet name="Liste" sheetId="1" '
        'r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="b" '
        f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path


def _cell(value: str | int) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"])
def test_umlauts_are_read_in_whatever_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Nachname;Vorname\nMüßig;Jürgen\nGärtner;Björn\n"
    table = read_table(written(tmp_path, text, encoding))
    assert table.rows == (("Müßig", "Jürgen"), ("Gärtner", "Björn"))


def test_a_turkish_list_is_not_taken_for_a_german_one(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "Nachname;Vorname\nYıldız;Ayşe\nŞahin;Işıl\n", "cp1254"))
    assert table.rows == (("Yıldız", "Ayşe"), ("Şahin", "Işıl"))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    text = f'Nachname{separator}Ort\n"Osman{separator}Ali"{separator}Eschenried\n'
    assert read_table(written(tmp_path, text)).rows == ((f"Osman{separator}Ali", "Eschenried"),)


def test_a_workbook_with_a_title_above_its_heads(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "liste.xlsx",
        [["Unterkunft Nord"], ["Name", "Vorname", "Geburtsdatum"], ["Osman", "Amna", 33201]],
    )
    table = read_table(path)
    assert (table.heads, table.sheets) == (("Name", "Vorname", "Geburtsdatum"), ("Liste",))
    [row] = rows_of(SHIPPED, table, guess(COLUMNS, table), DAY)
    assert row.person == Person(family_name="Osman", given_names="Amna", birth_date=PartialDate(1990, 11, 24))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E722"),
        (b"Nachname;Vorname\n", "E722"),
        (b"nur ein Satz\nund noch einer\n", "E722"),
        (b"PK\x03\x04 no workbook", "E720"),
        (b"\xd0\xcf\x11\xe0 no workbook either", "E720"),
        (panicking_workbook(), "E720"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "E720"),
        (b"a;b\n" + b"c;d\n" * 200_001, "E721"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(data)
    with pytest.raises(KimdeskError, match=code):
        read_table(path)


def test_a_far_last_cell_does_not_take_all_memory(tmp_path: Path) -> None:
    """A kilobyte whose last cell stands in the last row and column of Excel ended the program."""
    path = workbook(tmp_path / "liste.xlsx", [["Nachname", "Vorname"], ["Osman", "Amna"]])
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each).decode() for each in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body.replace("</sheetData>", far))
    with pytest.raises(ContentError, match="E721"):
        read_table(path)


def test_a_workbook_that_swells_when_unpacked_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "liste.xlsx", [["Nachname", "Vorname"], ["Osman", "Amna"]])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _ in range(450):
            part.write(bytes(1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    with pytest.raises(ContentError, match="E721"):
        read_table(path)


def test_no_row_of_a_long_workbook_is_left_out_unsaid(tmp_path: Path) -> None:
    """Titles above the heads pushed the last rows out of what was read, and nobody was told."""
    rows: list[list[str | int]] = [["Osman", "Amna"]] * 20_100
    titles: list[list[str | int]] = [["Unterkunft"]] * 200
    path = workbook(tmp_path / "liste.xlsx", [*titles, ["Nachname", "Vorname"], *rows])
    table = read_table(path)
    assert (table.head_row, len(table.rows), table.read, table.above) == (201, 20_100, 20_100, 200)


@pytest.mark.parametrize("data", [b"Name;Vorname\n" + b"a\n" * 230_000, b"a;b\n" + b"x;" * 1_000_000])
def test_too_many_lines_or_columns_are_not_read_to_the_end(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(data)
    with pytest.raises(ContentError, match="E721"):
        read_table(path)


def test_a_cell_of_blanks_does_not_hold_everything_up() -> None:
    """Looking for „und“ took time by the square of the blanks: minutes for one cell."""
    table = TableFile(("Nachname", "Sprache"), (("Osman", f"Arabisch{' ' * 100_000}, Kurdisch"),))
    [row] = rows_of(SHIPPED, table, guess(COLUMNS, table), DAY)
    assert [each.language for each in row.person.languages] == ["ara", "kmr"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E910"):
        read_table(tmp_path / "absent.csv")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    try:
        table = read_table(path)
    except ContentError:
        return
    assert {len(row) for row in table.rows} == {len(table.heads)}
    rows_of(SHIPPED, table, guess(COLUMNS, table), DAY)


def test_columns_are_recognised_by_their_heads() -> None:
    table = TableFile(("Nr.", "Name, Vorname", "Geb.-Datum", "Herkunftsland", "Bemerkung"), (("",) * 5,))
    assert guess(COLUMNS, table) == ("file_number", "last_name_first", "birth_date", "nationalities", "")


def test_every_column_can_be_named_and_is_a_field() -> None:
    known = {*WHOLE, "file_number", "opened_on", "ags", *Person.__dataclass_fields__}
    assert {each.name for each in COLUMNS.targets} <= known
    assert all(COLUMNS.label(each.name) != each.name for each in COLUMNS.targets)


def read(tmp_path: Path) -> tuple[person_lists.ListRow, ...]:
    table = read_table(written(tmp_path, LIST))
    return rows_of(SHIPPED, table, guess(COLUMNS, table), DAY)


def test_cells_become_codes_and_dates(tmp_path: Path) -> None:
    _, osman, yildiz, *_ = read(tmp_path)
    assert osman.person == Person(
        family_name="Osman",
        given_names="Amna",
        birth_date=PartialDate(1985, 3, 1),
        nationalities=("475",),
        languages=(LanguageSkill("ara"), LanguageSkill("kmr")),
        sex="female",
    )
    assert (yildiz.person.birth_date, yildiz.person.sex) == (PartialDate(1987), "female")


def test_a_name_in_one_column_is_parted() -> None:
    table = TableFile(("Person",), (("Osman, Amna Maria",), ("Amna Maria Osman",), ("Osman",)))
    names = [
        (row.person.given_names, row.person.family_name)
        for row in rows_of(SHIPPED, table, ("full_name",), DAY)
    ]
    assert names == [("Amna Maria", "Osman"), ("Amna Maria", "Osman"), ("", "Osman")]


@pytest.mark.parametrize(
    ("cells", "read_as"),
    [
        (["24.11.1990"], "1990-11-24"),
        (["3/4/1990", "25/4/1990"], "1990-04-03"),
        (["3/4/1990", "4/25/1990"], "1990-03-04"),
        (["1990-04-03"], "1990-04-03"),
        (["1990-04-03 00:00:00"], "1990-04-03"),
        (["3.4.90"], "1990-04-03"),
        (["3.4.26"], "2026-04-03"),
        (["3.4.27"], "1927-04-03"),
        (["04.1990"], "1990-04"),
        (["33201"], "1990-11-24"),
    ],
)
def test_the_order_of_a_date_is_that_of_its_column(cells: list[str], read_as: str) -> None:
    assert DayOrder.of(cells).read(cells[0], DAY) == PartialDate.parse(read_as)


def test_what_is_unsure_is_said() -> None:
    table = TableFile(("Name", "geb."), (("Osman", "3/4/1990"), ("Kaya", "unbekannt")))
    unsure, unreadable = rows_of(SHIPPED, table, ("family_name", "birth_date"), DAY)
    assert [each.code for each in unsure.troubles] == ["unsure_date"]
    assert unreadable.troubles[0].text == "Das Datum „unbekannt“ lässt sich nicht lesen (Geburtsdatum)."


def test_each_row_gets_its_report(desk: Desk, tmp_path: Path) -> None:
    rows = read(tmp_path)
    taken = person_lists.take(desk, rows, {2, 3, 4, 5, 6}, "liste.csv")
    assert [each.state for each in taken.outcomes] == ["created", "created", "created", "refused", "created"]
    assert [each.file_number for each in taken.outcomes[:2]] == ["A-1", "A-2"]
    assert [each.code for each in taken.outcomes[3].troubles] == ["no_name"]
    assert [each.text for each in taken.outcomes[4].troubles] == ["Diese Person steht schon in Zeile 3."]
    assert cases.count(desk, cases.CaseQuery()) == taken.created == 4


def test_a_file_number_that_is_taken_is_not_given_twice(desk: Desk, tmp_path: Path) -> None:
    rows = read(tmp_path)
    person_lists.take(desk, rows, {2})
    again = person_lists.take(desk, rows, {2})
    assert again.outcomes[0].file_number not in ("", "A-1")
    assert "taken_number" in [each.code for each in again.outcomes[0].troubles]


def test_who_is_known_is_shown_before(desk: Desk, tmp_path: Path) -> None:
    known = cases.open_new(desk, Person(family_name="Ossman", given_names="Amna"))
    found = person_lists.look_up(desk, read(tmp_path))
    assert {number: match.case_ids for number, match in found.items() if number == 3} == {3: (known.id,)}


def test_undoing_removes_what_nobody_has_worked_on(desk: Desk, tmp_path: Path) -> None:
    before = cases.open_new(desk, Person(family_name="Vorher"))
    taken = person_lists.take(desk, read(tmp_path), {2, 3, 4})
    [worked_on] = cases.list_page(desk, cases.CaseQuery(text="A-1")).rows
    records.save(desk, Contact(case_id=worked_on.id, held_on=DAY, content="Anruf"))
    looked_at = cases.list_page(desk, cases.CaseQuery(text="A-2")).rows[0]
    cases.load(desk, looked_at.id)
    undone = person_lists.undo(desk, taken.operation_id)
    assert (undone.removed, undone.kept) == (2, 1)
    left = {row.id for row in cases.list_page(desk, cases.CaseQuery()).rows}
    assert left == {before.id, worked_on.id}
    with pytest.raises(CaseworkError, match="E857"):
        person_lists.undo(desk, taken.operation_id)


def test_a_case_somebody_has_begun_to_write_in_stays(desk: Desk, tmp_path: Path) -> None:
    taken = person_lists.take(desk, read(tmp_path), {2})
    [row] = cases.list_page(desk, cases.CaseQuery()).rows
    drafts.save_draft(desk, f"record:contact:quick:{row.id}", {"content": "lange Notiz"})
    assert person_lists.undo(desk, taken.operation_id) == person_lists.Undone(0, 1)
    assert drafts.draft_keys(desk)


def test_nobody_is_born_tomorrow() -> None:
    table = TableFile(("Name", "Geburtsdatum", "eröffnet am"), (("Osman", "25.11.2026", "24.11.2026"),))
    [row] = rows_of(SHIPPED, table, ("family_name", "birth_date", "opened_on"), DAY)
    assert (row.person.birth_date, row.opened_on) == (None, DAY)
    assert [each.code for each in row.troubles] == ["future_date"]
    assert "25.11.2026" in row.troubles[0].text


def test_a_person_who_was_corrected_stays(desk: Desk, tmp_path: Path) -> None:
    taken = person_lists.take(desk, read(tmp_path), {2})
    [row] = cases.list_page(desk, cases.CaseQuery()).rows
    client = cases.peek(desk, row.id).client
    assert client
    records.save(desk, replace(client, phone="0231 1"))
    assert person_lists.undo(desk, taken.operation_id) == person_lists.Undone(0, 1)


def test_lists_that_stand_are_named(desk: Desk, tmp_path: Path) -> None:
    taken = person_lists.take(desk, read(tmp_path), {2, 3}, "liste.csv")
    [(step, source, number)] = person_lists.past(desk)
    assert (step.id, source, number) == (taken.operation_id, "liste.csv", 2)
    person_lists.undo(desk, taken.operation_id)
    assert person_lists.past(desk) == ()


def long_list(folder: Path) -> tuple[person_lists.ListRow, ...]:
    text = "Nachname;Vorname;Az.\n" + "".join(
        f"Osman{at};Amna;{'X-1' if at == 60 else ''}\n" for at in range(70)
    )
    table = read_table(written(folder, text))
    return rows_of(SHIPPED, table, guess(COLUMNS, table), DAY)


@pytest.fixture
def by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kimdesk.casework.person_lists.taking._PART", 30)


@pytest.mark.usefixtures("by_parts")
def test_others_save_while_a_long_list_is_taken_in_and_it_goes_again_as_one(
    desk: Desk, tmp_path: Path
) -> None:
    rows = long_list(tmp_path)
    seen = []

    def beside(steps: person_lists.Steps[person_lists.TakenRow]) -> person_lists.Steps[person_lists.TakenRow]:
        while True:
            try:
                yield next(steps)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            seen.append(cases.count(desk, cases.CaseQuery()))
            cases.open_new(desk, Person(family_name="Dazwischen"))

    wanted = {each.number for each in rows}
    taken = person_lists.whole(beside(person_lists.take_steps(desk, rows, wanted, "liste.csv")))
    assert seen == [0, 31, 62]
    assert [each.number for each in taken.outcomes] == [each.number for each in rows]
    assert (taken.created, len({each.file_number for each in taken.outcomes})) == (70, 70)
    assert taken.outcomes[60].file_number == "X-1"
    [(step, source, number)] = person_lists.past(desk)
    assert (step.id, source, number) == (taken.operation_id, "liste.csv", 70)
    assert person_lists.undo(desk, step.id) == person_lists.Undone(70, 0)
    assert (cases.count(desk, cases.CaseQuery()), person_lists.past(desk)) == (3, ())


@pytest.mark.usefixtures("by_parts")
def test_a_long_list_that_fails_or_is_ended_leaves_nothing_or_is_named(desk: Desk, tmp_path: Path) -> None:
    rows = long_list(tmp_path)
    numbers = {each.number for each in rows}
    steps = person_lists.take_steps(desk, rows, numbers, "liste.csv")
    next(steps), next(steps)
    steps.throw(ContentError("E726"))
    with pytest.raises(ContentError, match="E726"):
        person_lists.whole(steps)
    assert (cases.count(desk, cases.CaseQuery()), person_lists.past(desk)) == (0, ())
    killed = person_lists.take_steps(desk, rows, numbers, "liste.csv")
    next(killed), next(killed)
    [(step, _, number)] = person_lists.past(desk)
    assert (number, person_lists.undo(desk, step.id).removed) == (30, 30)


def test_a_word_without_end_does_not_hold_everything_up(tmp_path: Path) -> None:
    """Looking for letters that tell the encoding took time by the square of the longest word."""
    text = f"Nachname;Vorname\nMüßig;{'rn' * 100_000}\n"
    with pytest.raises(ContentError, match="E721"):
        read_table(written(tmp_path, text, "cp1252"))
