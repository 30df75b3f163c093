"""A text is found by its name, in the language asked for, and says its facts as people read them."""

from datetime import UTC, date, datetime

import pytest

from kimdesk.texts import Speech, say, speech
from kimdesk.texts.bidi import FIRST_STRONG, POP, isolated

ENGLISH = Speech("en")


def test_a_number_decides_between_one_and_many() -> None:
    assert say("dates.in_days", n=1) == "in 1 Tag"
    assert say("dates.in_days", n=3) == "in 3 Tagen"
    assert ENGLISH.say("dates.in_days", n=1) == "in 1 day"


def test_a_large_number_is_grouped_wherever_it_is_said_and_a_year_is_not() -> None:
    assert say("trail.pdf_saved_with_n_entries", n=1772) == "PDF mit 1.772 Einträgen gespeichert"
    assert (
        say("person_list.n_of_all_rows", n=999, rows=say("person_list.rows", n=40_000))
        == "999 von 40.000 Zeilen"
    )
    assert say("shell.born_year", year=1992).endswith("1992")
    assert ENGLISH.say("trail.pdf_saved_with_n_entries", n=1772) == "PDF saved with 1,772 entries"


def test_what_a_language_lacks_is_said_in_german() -> None:
    assert Speech("tr").say("dates.in_days", n=2) == "in 2 Tagen"


def test_a_day_is_written_out_as_the_language_does() -> None:
    assert say("dates.at_time", day=date(2026, 3, 2), time="früh") == "02.03.2026,\u00a0früh"
    assert ENGLISH.say("dates.at_time", day=date(2026, 3, 2), time="early") == "02/03/2026,\u00a0early"
    moment = datetime(2026, 11, 24, 10, 24, tzinfo=UTC)
    assert f"{moment.astimezone():%H:%M} Uhr" in say("dates.at_time", day=moment, time="")


def test_a_key_without_text_is_shown_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "missing", lambda key: key)
    assert say("nothing.of_the_kind", n=1) == "nothing.of_the_kind"


def test_what_runs_from_right_to_left_is_kept_apart_and_nothing_else_is() -> None:
    assert isolated("أمينة عثمان") == f"{FIRST_STRONG}أمينة عثمان{POP}"
    assert isolated("Łukasz Öğüt-Żak, Київ, §\u00a024") == "Łukasz Öğüt-Żak, Київ, §\u00a024"
    assert isolated("x\u202egnp.exe") == f"{FIRST_STRONG}x\u202egnp.exe{POP}"
