"""Files as offices have them: every person comes out as it stands there, and every line is accounted for."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from kimdesk.cage import Stop
from kimdesk.casework import person_lists
from kimdesk.casework.person_lists import Choices, ListRow, TableFile, guess, rows_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import ContentError, ForeignFileError
from tests.foreign.tables import compound
from tests.old_workbooks import record, xls
from tests.workbooks import MAIN, Cell, Sheet, ods, with_parts, xlsx

COLUMNS = SHIPPED.rules.person_columns
DAY = date(2026, 11, 30)
HEADS = ("Nachname", "Vorname", "geb.")


def read_table(path: Path, choices: Choices | None = None, stop: Stop | None = None) -> TableFile:
    return person_lists.read_table(path, COLUMNS, choices, stop)


def file(folder: Path, data: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / "liste"
    path.write_bytes(data.encode(encoding) if isinstance(data, str) else data)
    return path


def listed(folder: Path, data: bytes | str, choices: Choices | None = None) -> tuple[ListRow, ...]:
    table = read_table(file(folder, data), choices)
    return rows_of(SHIPPED, table, guess(COLUMNS, table), DAY)


def names(rows: Sequence[ListRow]) -> list[tuple[str, str]]:
    return [(each.person.family_name, each.person.given_names) for each in rows]


def codes(row: ListRow) -> list[str]:
    return [each.code for each in row.troubles]


# texts


@pytest.mark.parametrize(
    ("encoding", "rows"),
    [
        ("cp1250", [("Kovačević", "Željko"), ("Łukasz", "Wąż"), ("Müßig", "Jürgen")]),
        ("cp1250", [("Nagy", "Erzsébet"), ("Dvořák", "Jiří"), ("Popescu", "Ştefan")]),
        ("iso8859_2", [("Łukasz", "Świętosław")]),
        ("cp1251", [("Ільченко", "Ольга"), ("Петренко", "Іван")]),
        ("cp1251", [("Иванова", "Наталья"), ("Ђорђевић", "Милица")]),
        ("cp1256", [("محمدي", "أحمد"), ("حسيني", "رضا")]),
        ("iso8859_15", [("Šimic", "Œuvre"), ("Gärtner", "Björn")]),
        ("cp1252", [("Lefèvre", "Hélène"), ("Nuñez", "José"), ("Åkesson", "Søren")]),
        ("cp1254", [("Yıldız", "Ayşe"), ("Öztürk", "Doğan")]),
        ("utf-16", [("Müller", "Jürgen")]),
        ("utf-16-le", [("Müller", "Jürgen"), ("محمدي", "أحمد")]),
        ("utf-16-be", [("Müller", "Jürgen")]),
        ("utf-32", [("Müller", "Jürgen")]),
        ("utf-32-be", [("Müller", "Jürgen")]),
    ],
)
def test_names_come_out_of_any_encoding(tmp_path: Path, encoding: str, rows: list[tuple[str, str]]) -> None:
    text = "Nachname;Vorname\r\n" + "".join(f"{family};{given}\r\n" for family, given in rows)
    assert read_table(file(tmp_path, text, encoding)).rows == tuple(rows)


def test_one_bad_byte_breaks_one_name_and_says_in_which_row(tmp_path: Path) -> None:
    text = "Nachname;Vorname;Ort\nMüller;Jürgen;Essen\nKovačević;Željko;Essen\nOsman;Am#na;\nKaya;Ali;E#en\n"
    rows = listed(tmp_path, text.encode().replace(b"#", b"\xff"))
    assert names(rows)[:2] == [("Müller", "Jürgen"), ("Kovačević", "Željko")]
    assert [(each.number, codes(each)) for each in rows[2:]] == [(4, ["broken_name"]), (5, ["broken_letter"])]
    assert rows[2].doubtful
    assert rows[3].person.city == ""


def test_an_encoding_that_does_not_fit_is_seen_and_not_refused(tmp_path: Path) -> None:
    data = "Nachname;Vorname\nMüller;Jürgen\n".encode("cp1252")
    [row] = listed(tmp_path, data, Choices(encoding="utf-8-sig"))
    assert codes(row) == ["broken_name", "broken_name"]


@pytest.mark.parametrize("at", range(4))
def test_a_quotation_mark_that_is_never_closed_swallows_nobody(tmp_path: Path, at: int) -> None:
    lines = [f"Name{n};Vor{n};1.2.1990;Weg {n}" for n in range(40)]
    cells = lines[20].split(";")
    lines[20] = ";".join([*cells[:at], f'"{cells[at]}', *cells[at + 1 :]])
    rows = listed(tmp_path, "\n".join(["Nachname;Vorname;geb.;Straße", *lines]))
    assert names(rows) == [(f"Name{n}", f"Vor{n}") for n in range(40)]
    assert {each.number: codes(each) for each in rows if each.troubles} == {22: ["open_quote"]}


def test_a_cell_with_lines_of_its_own_stays_one_cell(tmp_path: Path) -> None:
    text = 'Nachname;Vorname;Straße;Ort\nOsman;Amna;"Zum Anker 1\n1. OG; links";Essen\nKaya;Ali;Weg 2;Essen\n'
    rows = listed(tmp_path, text)
    assert [each.person.street for each in rows] == ["Zum Anker 1 1. OG; links", "Weg 2"]
    assert [each.number for each in rows] == [2, 3]  # as a spreadsheet counts
    assert not rows[0].troubles


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"Müller ""Hansi""";Hans', ('Müller "Hansi"', "Hans")),
        ('"Hansi" Müller;Hans', ('"Hansi" Müller', "Hans")),
        ('"Müller; geb. Kaya";"Hans"', ("Müller; geb. Kaya", "Hans")),
        ('Müller;"Hans', ("Müller", "Hans")),
        ('"Müller; geb. Kaya";"Hans', ("Müller; geb. Kaya", "Hans")),
        ('"Müller" ; "Hans" ', ("Müller", "Hans")),
    ],
)
def test_quotation_marks(tmp_path: Path, line: str, cells: tuple[str, ...]) -> None:
    assert read_table(file(tmp_path, f"Nachname;Vorname\n{line}\nKaya;Ali\n")).rows == (
        cells,
        ("Kaya", "Ali"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Liste, Stand 30.11.2026, Frau Kessler, nur intern, bitte, danke\nNachname;Vorname\nOsman;Amna\n",
        "Nachname;Vorname;Anschrift\nOsman;Amna;Weg 1, 12345 Ort, Kreis X, NRW\n",
        "sep=;\nNachname;Vorname;a,b,c,d\nOsman;Amna;,,,,\n",
    ],
)
def test_the_separator_is_the_one_that_parts_the_heads(tmp_path: Path, text: str) -> None:
    assert names(listed(tmp_path, text)) == [("Osman", "Amna")]


def test_separator_and_encoding_can_be_chosen(tmp_path: Path) -> None:
    table = read_table(file(tmp_path, "Name\tOrt, Kreis\nOsman\tEssen\n"), Choices(separator=",", head_row=1))
    assert table.heads == ("Name\tOrt", "Kreis")


# heads and lines


@pytest.mark.parametrize(
    ("above", "head_row"),
    [("", 1), ("Liste der Klienten;Stand 2026;\n", 2), ("Klienten KIM\nStand:;01.03.2026;\n\n", 4)],
)
def test_the_heads_are_the_line_that_names_columns(tmp_path: Path, above: str, head_row: int) -> None:
    text = above + "Nachname;Vorname;geb.\nOsman;Amna;01.02.1990\n"
    table = read_table(file(tmp_path, text))
    assert (table.head_row, table.heads, table.numbers) == (head_row, HEADS, (head_row + 1,))


def test_a_list_without_heads_loses_nobody(tmp_path: Path) -> None:
    text = "Osman;Amna;01.02.1990\nHaddad;Amira;03.04.1991\n"
    table = read_table(file(tmp_path, text))
    assert (table.head_row, len(table.rows)) == (0, 2)
    rows = listed(tmp_path, text)
    assert names(rows) == [("Osman", "Amna"), ("Haddad", "Amira")]
    assert [codes(each) for each in rows] == [["unsure_name"]] * 2
    assert rows[0].person.birth_date is not None


def test_the_row_of_the_heads_can_be_chosen(tmp_path: Path) -> None:
    path = file(tmp_path, "Zimmer;Bewohnende\n7;Osman\n8;Kaya\n")
    assert read_table(path, Choices(head_row=1)).heads == ("Zimmer", "Bewohnende")
    assert len(read_table(path, Choices(head_row=0)).rows) == 3
    with pytest.raises(ContentError, match="E725"):
        read_table(path, Choices(head_row=9))


def test_every_line_is_accounted_for(tmp_path: Path) -> None:
    text = (
        "Nachname;Vorname;geb.\nOsman;Amna;1.2.1990\n;;\n\n---;---;\nNachname;Vorname;geb.\n"
        "Kaya;Ali;3.4.1991\nSumme;2;\nStand: 30.11.2026;;\n;;\n"
    )
    table = read_table(file(tmp_path, text))
    assert (table.read, len(table.rows), table.empty, table.repeated) == (8, 4, 3, 1)
    rows = listed(tmp_path, text)
    assert [(each.number, codes(each)) for each in rows] == [
        (2, []), (7, []), (8, ["sum_row"]), (9, ["remark_row"])
    ]  # fmt: skip
    assert [each.doubtful for each in rows] == [False, False, True, True]


def test_somebody_called_summe_is_a_person(tmp_path: Path) -> None:
    assert [codes(each) for each in listed(tmp_path, "Nachname;Vorname\nSumme;Anna\nGesamt:;12\n")] == [
        [],
        ["sum_row"],
    ]


# workbooks

BOOKS = pytest.mark.parametrize("book", [xlsx, xls])
Book = Callable[..., bytes]


def sheet(*lines: Sequence[str | float | Cell], heads: Sequence[str] = HEADS) -> Sheet:
    return Sheet((heads, *lines))


@BOOKS
@pytest.mark.parametrize("strings", [False, True])
def test_numbers_keep_what_their_format_shows(tmp_path: Path, book: Book, strings: bool) -> None:
    heads = ("Nachname", "Vorname", "PLZ", "Telefon", "AZ", "geb.")
    line = ("Osman", "Amna", Cell(1067, "00000"), Cell(761234567, '0"/"0000000'), Cell(7, '"AZ "0000'),
            Cell(32905, "dd/mm/yyyy"))  # fmt: skip
    [row] = listed(tmp_path, book({"Liste": sheet(line, heads=heads)}, strings=strings))
    assert (row.person.postcode, row.person.phone, row.file_number) == ("01067", "76/1234567", "AZ 0007")
    assert row.person.birth_date is not None
    assert row.person.birth_date.iso() == "1990-02-01"


def test_a_table_of_opendocument_shows_its_numbers_as_they_are_seen(tmp_path: Path) -> None:
    heads = ("Nachname", "Vorname", "PLZ")
    data = ods({"Deckblatt": [["Stand", "2026"]], "Liste": [heads, ("Osman", "Amna", Cell(1067, "01067"))]})
    table = read_table(file(tmp_path, data))
    assert (table.sheet, table.rows) == ("Liste", (("Osman", "Amna", "01067"),))


def test_a_zero_that_is_gone_already_is_asked_about(tmp_path: Path) -> None:
    [row] = listed(tmp_path, "Nachname;Vorname;PLZ\nOsman;Amna;1067\n")
    assert (row.person.postcode, codes(row)) == ("1067", ["postcode"])


@BOOKS
@pytest.mark.parametrize("starts_1904", [False, True])
def test_days_are_counted_as_the_workbook_counts(tmp_path: Path, book: Book, starts_1904: bool) -> None:
    serial = 32905 - 1462 * starts_1904
    lines = (("Mac", "Alt", Cell(serial, "yyyy\\-mm\\-dd")), ("Mac", "Zahl", serial))
    rows = listed(tmp_path, book({"Liste": sheet(*lines)}, starts_1904=starts_1904))
    assert [each.person.birth_date and each.person.birth_date.iso() for each in rows] == ["1990-02-01"] * 2


@BOOKS
def test_a_merged_family_name_is_that_of_each_of_its_rows(tmp_path: Path, book: Book) -> None:
    lines = (("Osman", "Amna"), ("", "Ali"), ("", "Sami"), ("Kaya", "Emre"))
    data = book({"Liste": Sheet((HEADS, *lines), merged=("A2:A4",))})
    rows = listed(tmp_path, data)
    assert names(rows) == [("Osman", "Amna"), ("Osman", "Ali"), ("Osman", "Sami"), ("Kaya", "Emre")]
    assert [codes(each) for each in rows] == [[], ["merged"], ["merged"], []]


@BOOKS
def test_merged_titles_do_not_hide_the_heads(tmp_path: Path, book: Book) -> None:
    lines = (("Klientenliste",), ("Person", "", "Daten"), HEADS, ("Osman", "Amna", "1.2.1990"))
    data = book({"Liste": Sheet(lines, merged=("A1:C1", "A2:B2"))})
    assert names(listed(tmp_path, data)) == [("Osman", "Amna")]


@BOOKS
@pytest.mark.parametrize("hidden", [False, True])
def test_a_cover_is_not_taken_for_the_list(tmp_path: Path, book: Book, hidden: bool) -> None:
    cover = Sheet((("KIM",), (), ("", "Ansprechpartnerin:", "Frau Kessler"), ("", "Stand", "2026")), hidden)
    path = file(tmp_path, book({"Deckblatt": cover, "Liste": sheet(("Osman", "Amna"))}))
    table = read_table(path)
    assert (table.sheet, table.sheets) == ("Liste", ("Deckblatt", "Liste"))
    assert table.hidden == (("Deckblatt",) if hidden else ())
    assert read_table(path, Choices(sheet="Deckblatt")).sheet == "Deckblatt"
    with pytest.raises(ContentError, match="E724"):
        read_table(path, Choices(sheet="Tabelle9"))


@BOOKS
def test_a_sheet_without_rows_leaves_the_choice_of_another(tmp_path: Path, book: Book) -> None:
    table = read_table(file(tmp_path, book({"Leer": Sheet(()), "Auch": Sheet((("x",),))})))
    assert table.sheets == ("Leer", "Auch")


@BOOKS
def test_hidden_and_struck_rows_are_told(tmp_path: Path, book: Book) -> None:
    lines = (("Sichtbar", "A"), ("Versteckt", "B"), (Cell("Gestrichen", struck=True), "C"))
    data = book({"Liste": Sheet((HEADS, *lines), hidden_rows=frozenset({3}))})
    rows = listed(tmp_path, data)
    assert [(codes(each), each.doubtful) for each in rows] == [
        ([], False), (["hidden"], False), (["struck"], True)
    ]  # fmt: skip


@BOOKS
def test_rows_have_the_numbers_of_the_spreadsheet(tmp_path: Path, book: Book) -> None:
    data = book({"Liste": Sheet((HEADS, ("Osman", "Amna"), (), ("Kaya", "Ali")), first_row=5)})
    table = read_table(file(tmp_path, data))
    assert (table.head_row, table.numbers, table.empty, table.read) == (5, (6, 8), 1, 3)


@BOOKS
def test_a_formula_that_says_nothing_is_told(tmp_path: Path, book: Book) -> None:
    lines = (
        (Cell("", formula='CONCAT("A")'), "Amna"),
        ("Kaya", "Ali", Cell("#N/A", formula="1/0", kind="e")),
        ("Haddad", Cell("Omar", formula="B1", kind="str")),
    )
    rows = listed(tmp_path, book({"Liste": sheet(*lines)}))
    assert [codes(each) for each in rows] == [["no_result"], ["cell_error"], []]
    assert rows[2].person.given_names == "Omar"


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le") + bytes(400),
        ods({"Liste": [HEADS]}, encrypted=True),
        compound(record(0x809, "<HHHHII", 0x600, 5, 0, 0, 0, 6) + record(0x2F, "<H", 1, rest=bytes(52))),
    ],
)
def test_a_password_is_named_as_such(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ContentError, match="E723"):
        read_table(file(tmp_path, data))


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "xxxx">]><worksheet><sheetData/></worksheet>'
    data = xlsx({"Liste": sheet(("Osman", "Amna"))})
    data = with_parts(data, {"xl/worksheets/sheet1.xml": bomb})
    with pytest.raises(ContentError, match="E720"):
        read_table(file(tmp_path, data))


def test_one_text_said_a_million_times_costs_no_memory(tmp_path: Path) -> None:
    long = "x" * 30_000
    cells = "".join(f'<c r="{letter}{{0}}" t="s"><v>3</v></c>' for letter in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(1, 20_000))
    data = xlsx({"Liste": sheet((long,))}, strings=True)
    sheets = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    data = with_parts(data, {"xl/worksheets/sheet1.xml": sheets})
    with pytest.raises(ContentError, match="E721"):
        read_table(file(tmp_path, data))


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    stop = Stop()
    stop.stop()
    with pytest.raises(ForeignFileError, match="E764"):
        read_table(file(tmp_path, xlsx({"Liste": sheet(("Osman", "Amna"))})), stop=stop)


# cells


@pytest.mark.parametrize(
    ("head", "cell", "parts"),
    [
        ("Name Vorname", "Osman Amna", ("Osman", "Amna")),
        ("Name Vorname", "Al Hassan Omar", ("Al Hassan", "Omar")),
        ("Name Vorname", "Osman Amna Maria", ("Osman", "Amna Maria")),
        ("Name Vorname", "Abd Al Rahman Omar", ("Abd Al Rahman", "Omar")),
        ("Vorname Name", "Amna Osman", ("Osman", "Amna")),
        ("Vorname Name", "Omar Al Hassan", ("Al Hassan", "Omar")),
        ("Vorname Name", "Uta von der Leyen", ("von der Leyen", "Uta")),
        ("Vorname Name", "Maria del Carmen de la Cruz", ("de la Cruz", "Maria del Carmen")),
        ("Vorname Name", "Ali ben Salem", ("ben Salem", "Ali")),
        ("Vorname Name", "Mahnaz", ("Mahnaz", "")),
        ("Name, Vorname", "Leyen, Uta von der", ("von der Leyen", "Uta")),
        ("Vorname Name", "Osman, Amna", ("Osman", "Amna")),
    ],
)
def test_a_whole_name_is_parted_as_its_head_says(
    tmp_path: Path, head: str, cell: str, parts: tuple[str, str]
) -> None:
    [row] = listed(tmp_path, f'{head.replace(",", "")};geb.\n"{cell}";1.1.1990\n')
    assert (names([row]), row.troubles) == ([parts], ())


@pytest.mark.parametrize("head", ["Person", "Name"])
def test_which_part_is_the_family_name_is_asked_where_nobody_says(tmp_path: Path, head: str) -> None:
    rows = listed(tmp_path, f'{head};Ort\nAmna Osman;Essen\nKaya;Essen\n"Haddad, Amira";Essen\n')
    assert [codes(each) for each in rows] == [["unsure_name"], [], []]


@pytest.mark.parametrize(
    ("cell", "found", "told"),
    [
        ("UA", ("166",), []),
        ("SYR", ("475",), []),
        ("syr.", ("475",), []),
        ("syrisch/deutsch", ("475", "000"), []),
        ("475 423", ("475", "423"), []),
        ("Bosnien und Herzegowina", ("122",), []),
        ("Bosnien und Herzegowina, Serbien", ("122", "170"), []),
        ("Syrien und Irak", ("475", "438"), []),
        ("Kongo, Dem. Republik", ("246",), []),
        ("Kongo, irgendwo", (), ["half_known"]),
        ("Syrien/Atlantis", (), ["half_known"]),
        ("Atlantis", (), ["code"]),
        ("Türkiye", ("163",), []),
        ("Elfenbeinküste", ("231",), []),
    ],
)
def test_countries_are_known_whole_or_asked_about(
    tmp_path: Path, cell: str, found: tuple[str, ...], told: list[str]
) -> None:
    [row] = listed(tmp_path, f'Nachname;Vorname;Nationalität\nOsman;Amna;"{cell}"\n')
    assert (row.person.nationalities, codes(row)) == (found, told)


@pytest.mark.parametrize(
    ("cell", "found", "told"),
    [
        ("03/1991", "1991-03", []),
        ("3.1991", "1991-03", []),
        ("1991", "1991", []),
        ("1991/03/12", "1991-03-12", []),
        ("12. März 1991", "1991-03-12", []),
        ("Mrz 1991", "1991-03", []),
        ("1991-03-12 00:00:00", "1991-03-12", []),
        ("12.05.1370", "", ["other_calendar"]),
        ("1370", "", ["other_calendar"]),
        ("12.05.2533", "", ["other_calendar"]),
        ("01.01.0001", "", ["old_date"]),
        ("31.12.1899", "", ["old_date"]),
        ("1.12.2026", "", ["future_date"]),
        ("31.2.1990", "", ["date"]),
        ("unbekannt", "", ["date"]),
    ],
)
def test_days_of_birth(tmp_path: Path, cell: str, found: str, told: list[str]) -> None:
    [row] = listed(tmp_path, f"Nachname;Vorname;geb.\nOsman;Amna;{cell}\n")
    born = row.person.birth_date
    assert (born.iso() if born else "", codes(row)) == (found, told)


def test_decimals_of_nothing_are_no_part_of_a_number() -> None:
    heads = ("Nachname", "PLZ", "AZ")
    table = TableFile(heads, (("Osman", "48683,0", "7.0"), ("Kaya", "48683,0", "8.1")))
    rows = rows_of(SHIPPED, table, guess(COLUMNS, table), DAY)
    assert [(each.person.postcode, each.file_number) for each in rows] == [("48683", "7.0"), ("48683", "8.1")]


def test_an_apostrophe_or_a_dash_does_not_make_a_person(tmp_path: Path) -> None:
    rows = listed(tmp_path, "Nachname;Vorname;Ort\n-;-;Essen\nO'Neil;Anna;Essen\n")
    assert [codes(each) for each in rows] == [["no_name"], []]
