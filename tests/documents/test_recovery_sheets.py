"""The sheets on paper: one page each, with everything a person needs to open the vault with it."""

from datetime import date

import pypdfium2
import pytest

from kimdesk.documents import recovery_sheet, split_sheet
from kimdesk.vault.recovery import new_code
from kimdesk.vault.sheets import join_sheets, split_code

CODE = new_code()
SHEETS = split_code(CODE)
DAY = date(2026, 11, 22)


def text_of(pdf: bytes) -> str:
    """Return what stands on the only page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        return str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()


def split(number: int, **more: bool) -> bytes:
    return split_sheet(
        SHEETS[number - 1], number, vault_name="Eschenried", vault_id="ab" * 16, today=DAY, **more
    )


def groups_in(text: str, code: str) -> bool:
    """Say whether every group of ``code`` stands in ``text``, in its order."""
    at = 0
    for group in code.split("-"):
        at = text.find(group, at)
        if at < 0:
            return False
        at += len(group)
    return True


def test_the_whole_sheet_says_what_it_opens_and_how() -> None:
    text = text_of(recovery_sheet(CODE, vault_name="Eschenried", vault_id="ab" * 16, today=DAY))
    assert groups_in(text, CODE)
    for words in (
        "Wiederherstellungsblatt",
        "Eschenried",
        "22.11.2026",
        "ab" * 16,
        "So öffnen Sie den Tresor",
    ):
        assert words in text


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_split_sheet_carries_its_own_code_and_number_only(number: int) -> None:
    text = text_of(split(number))
    assert f"Wiederherstellungsblatt {number} von 3" in text
    assert "Verwahrt von" in text
    assert [groups_in(text, sheet) for sheet in SHEETS] == [at == number for at in (1, 2, 3)]
    assert not groups_in(text, CODE)


def test_sheets_of_one_set_show_the_same_set() -> None:
    shown = {text_of(split(number)).split("Satz ")[1][:4] for number in (1, 2, 3)}
    assert shown == {SHEETS[0][:4]}


def test_what_is_read_off_two_sheets_gives_the_code() -> None:
    def read(number: int) -> str:
        return text_of(split(number)).split(f"Code des Blatts {number}")[1].split("Im Code")[0]

    assert join_sheets(read(3), read(1)) == CODE


def test_practice_sheets_say_so() -> None:
    assert "ÜBUNG" in text_of(split(1, practice=True))
    assert "ÜBUNG" not in text_of(split(1))


def test_a_name_of_the_vault_in_any_script_is_on_the_sheet_and_no_sign_costs_it() -> None:
    """A sheet that is refused could cost the vault: what no font has is spelled."""
    text = text_of(recovery_sheet(CODE, vault_name="Şahin Їжак \U0001f33b", vault_id="ab" * 16, today=DAY))
    assert "Şahin Їжак [U+1F33B]" in text


def test_the_widest_groups_of_a_code_do_not_touch() -> None:
    """What runs together is copied by hand as one group."""
    text = text_of(recovery_sheet("-".join(["WWWW"] * 8), vault_name="E", vault_id="ab" * 16, today=DAY))
    assert text.count("WWWW WWWW WWWW WWWW") == 2
