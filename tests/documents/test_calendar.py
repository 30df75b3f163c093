"""Calendar files and visiting cards, read by a reader that forgives nothing."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kimdesk.casework.local_offices import LocalOffice
from kimdesk.documents.calendar import CalendarChoice, CalendarEntry, calendar, entry
from kimdesk.documents.visiting_card import tel, visiting_card
from kimdesk.domain.records import Case, CaseFile, FollowUp, Person
from kimdesk.domain.terms import FollowUpKind

NOW = datetime(2026, 11, 30, 21, 0, tzinfo=UTC)
LINE = re.compile(r'(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(?P<value>.*)', re.DOTALL)
AWKWARD = (
    "Termin, wichtig; ganz\\sicher",
    "erste Zeile\nzweite\r\ndritte\rvierte",
    "Größe ÄÖÜ ß – „Zitat“ " * 8,
    "👩‍👩‍👧 Familie 🏳️‍🌈" * 6,
    "موعد في مركز العمل الساعة ١٠",
    "BEGIN:VEVENT\nSUMMARY:fremd\nEND:VEVENT",
    "\x00\x07 Steuerzeichen \x1b[0m",
    "x" * 500,
)


def unfolded(data: bytes) -> list[str]:
    """Return the lines of a file; refuse whatever the standards forbid."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    for each in raw:
        assert len(each) <= 75
        assert not set(each) & (set(range(32)) - {9}) | ({127} & set(each))
        each.decode()  # folded between signs
    lines: list[str] = []
    for each in raw:
        if each.startswith(b" "):
            lines[-1] += each[1:].decode()
        else:
            lines.append(each.decode())
    return lines


def read(data: bytes) -> list[tuple[str, str, str]]:
    found = [LINE.fullmatch(line) for line in unfolded(data)]
    assert all(found)
    return [(one["name"], one["params"], one["value"]) for one in found if one]


def text(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,n]", value)
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] == "n" else one[1], value)


def event(data: bytes) -> dict[str, tuple[str, str]]:
    lines = read(data)
    names = [(name, value) for name, _, value in lines]
    first, last = names.index(("BEGIN", "VEVENT")), names.index(("END", "VEVENT"))
    inside = {name: (params, value) for name, params, value in lines[first + 1 : last]}
    assert len(inside) == last - first - 1, "each property once"
    assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= inside.keys()
    return inside


def _nested(lines: Iterable[tuple[str, str, str]]) -> bool:
    stack: list[str] = []
    for name, _, value in lines:
        if name == "BEGIN":
            stack.append(value)
        elif name == "END" and (not stack or stack.pop() != value):
            return False
    return not stack


def shown(words: str) -> str:
    """Return what a calendar shows of ``words``: lines, no signs that steer."""
    lines = re.sub(r"\r\n?", "\n", words)
    return "".join(sign for sign in lines if sign == "\n" or sign.isprintable() or ord(sign) > 127)


@pytest.mark.parametrize("words", AWKWARD)
def test_awkward_texts_come_back_as_they_were(words: str) -> None:
    data = calendar([CalendarEntry("a", date(2026, 12, 1), words, "10:00", words)], NOW)
    assert _nested(read(data))
    found = event(data)
    assert text(found["SUMMARY"][1]) == shown(words)
    assert text(found["LOCATION"][1]) == shown(words)


def test_a_date_without_a_time_is_a_whole_day() -> None:
    found = event(calendar([CalendarEntry("a", date(2026, 12, 31), "Frist")], NOW))
    assert found["DTSTART"] == (";VALUE=DATE", "20261231")
    assert found["DTEND"] == (";VALUE=DATE", "20270101")


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        (date(2027, 3, 27), "10:00", 9),
        (date(2027, 3, 28), "10:00", 8),
        (date(2027, 10, 30), "10:00", 8),
        (date(2027, 10, 31), "10:00", 9),
    ],
)
def test_the_hour_stays_when_the_clocks_change(day: date, time: str, utc: int) -> None:
    data = calendar([CalendarEntry("a", day, "Termin", time)], NOW)
    params, value = event(data)["DTSTART"]
    assert params == ";TZID=Europe/Berlin"
    local = datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    assert local.astimezone(UTC).hour == utc
    zone = {(name, value) for name, _, value in read(data)}
    assert {("TZID", "Europe/Berlin"), ("TZOFFSETTO", "+0200"), ("TZOFFSETTO", "+0100")} <= zone


@pytest.mark.parametrize("time", ["", "25:00", "nachmittags", "10:61"])
def test_a_time_that_is_none_costs_no_entry(time: str) -> None:
    assert event(calendar([CalendarEntry("a", date(2026, 12, 1), "Termin", time)], NOW))["DTSTART"][0]


def test_the_same_date_has_the_same_name_and_is_cancelled_later() -> None:
    one = CalendarEntry("01890000-aaaa", date(2026, 12, 1), "Termin", "9:00", changes=3)
    first = event(calendar([one], NOW))
    gone = event(calendar([CalendarEntry(one.key, one.day, one.title, one.time, "", 3, cancelled=True)], NOW))
    assert first["UID"] == gone["UID"]
    assert one.key not in first["UID"][1]
    assert (first["STATUS"][1], gone["STATUS"][1]) == ("CONFIRMED", "CANCELLED")
    assert int(gone["SEQUENCE"][1]) > int(first["SEQUENCE"][1])
    assert first["DTSTAMP"][1] == "20261130T210000Z"


def _case(**person: object) -> tuple[CaseFile, FollowUp]:
    client = Person(id="p", family_name="Osman", given_names="Amna", **person)  # type: ignore[arg-type]
    date_ = FollowUp(
        id="f", rev=2, kind=FollowUpKind.APPOINTMENT, title="Frau Osman bei Dr. Wolf",
        due_on=date(2026, 12, 1), time="10:00", place="Suchtberatung",
    )  # fmt: skip
    case = Case(id="c", file_number="ESR-2026-017", opened_on=date(2026, 1, 1))
    return CaseFile(case=case, persons=(client,), follow_ups=(date_,)), date_


def test_nobody_is_named_unless_it_is_chosen_and_then_only_a_number() -> None:
    file, one = _case()
    plain = calendar([entry(file, one, CalendarChoice())], NOW).decode()
    assert text(event(plain.encode())["SUMMARY"][1]) == "Termin"
    assert not any(word in plain for word in ("Osman", "Amna", "Wolf", "Sucht", "ESR"))
    more = calendar([entry(file, one, CalendarChoice(file_number=True, place=True))], NOW).decode()
    assert "ESR-2026-017" in more
    assert "Suchtberatung" in more
    assert not any(word in more for word in ("Osman", "Amna", "Wolf"))


def test_where_somebody_is_protected_no_place_is_told() -> None:
    file, one = _case(protected=True)
    assert entry(file, one, CalendarChoice(place=True)).place == ""


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("02841 202-0", "tel:+4928412020"),
        ("(02841) 202 – 0", "tel:+4928412020"),
        ("02841/2020", "tel:+4928412020"),
        ("+49 (0)2841 2020", "tel:+4928412020"),
        ("0049 2841 2020", "tel:+4928412020"),
        ("0170 1234567 oder 02841 2020", "tel:+491701234567"),
        ("0170 1234567, nur vormittags", "tel:+491701234567"),
        ("+31 20 123 4567", "tel:+31201234567"),
        ("116 117", "tel:116117;phone-context=+49"),
        ("112", "tel:112;phone-context=+49"),
        ("2020 2020", ""),
        ("Frau Kaya anrufen", ""),
        ("٠١٧٠١٢٣٤٥٦٧", ""),
        ("+49", ""),
        ("", ""),
        ("0" * 40, ""),
    ],
)
def test_numbers_people_type_are_dialled(typed: str, wanted: str) -> None:
    assert tel(typed) == wanted


@pytest.mark.parametrize("words", AWKWARD)
def test_a_visiting_card_holds_whatever_an_office_is_called(words: str) -> None:
    office = LocalOffice(name=words, address="Am Markt 1\n47441 Moers", phone="02841 2020")
    lines = read(visiting_card(words, office, "jobcenter"))
    assert _nested(lines)
    assert [name for name, _, _ in lines[:3]] == ["BEGIN", "VERSION", "KIND"]
    values = {name: value for name, _, value in lines}
    assert text(values["FN"]) == shown(words)
    assert values["TEL"] == "tel:+4928412020"
    assert values["ADR"] == ";;Am Markt 1;Moers;;47441;"


def test_an_address_nobody_understands_stays_whole() -> None:
    office = LocalOffice(name="Amt", address="Rathaus, Zimmer 3, erster Stock", phone="Zentrale")
    values = {name: value for name, _, value in read(visiting_card("Amt", office, "x"))}
    assert values["ADR"] == ";;Rathaus\\, Zimmer 3\\, erster Stock;;;;"
    assert values["TEL"] == "Zentrale"
