"""The letterhead of a desk: it stays in the vault, and a logo is a picture that the program drew itself."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kimdesk.casework.desk import Desk
from kimdesk.casework.letterhead import MOST_BYTES, Letterhead, change, letterhead, read_logo
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.vault import Strength

PHRASE = "anker birke dampf eimer falke garten"
OURS = Letterhead(
    name="Gemeinde Eschenried", unit="Die Bürgermeisterin", address=("Am Kirchplatz 1", "05904 Eschenried"),
    foot=("Mo. bis Fr. 8:00–12:00 Uhr", "integration@eschenried.example"),
)  # fmt: skip

USUAL = Letterhead(name="Gemeinde Eschenried", unit="Kommunales Integrationsmanagement")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a vault that was made and closed."""
    place = tmp_path_factory.mktemp("letterhead") / "vault"
    made, _ = Desk.create(
        place, PHRASE, name="Gemeinde Eschenried", user="Miriam Kessler", strength=Strength.INTERACTIVE
    )
    made.close()
    return place


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """The desk on it."""
    with Desk.unlock(folder, PHRASE) as opened:
        yield opened


def _picture(mode: str = "RGBA", size: tuple[int, int] = (1200, 1200), kind: str = "PNG") -> bytes:
    out, told = BytesIO(), PngInfo()
    told.add_text("Author", "Sachbearbeiterin Brandt")
    colour = (0, 90, 90, 0) if mode == "RGBA" else (0, 90, 90)
    Image.new(mode, size, colour).save(out, kind, **({"pnginfo": told} if kind == "PNG" else {}))
    return out.getvalue()


def test_who_set_nothing_writes_under_the_name_of_the_desk(desk: Desk) -> None:
    assert letterhead(desk) == Letterhead(
        name="Gemeinde Eschenried", unit="Kommunales Integrationsmanagement"
    )


def test_what_was_set_is_there_when_the_vault_is_opened_again(folder: Path) -> None:
    logo = read_logo(_picture())
    with Desk.unlock(folder, PHRASE) as opened:
        kept = change(opened, Letterhead(name="  ", unit=OURS.unit, address=(" ", *OURS.address), logo=logo))
    with Desk.unlock(folder, PHRASE) as opened:
        found = letterhead(opened)
        change(opened, USUAL)
    assert found == kept
    assert (found.name, found.address, found.logo) == ("Gemeinde Eschenried", OURS.address, logo)


def test_the_vault_has_no_readable_word_of_it(folder: Path) -> None:
    with Desk.unlock(folder, PHRASE) as opened:
        change(opened, Letterhead(name="Zwergenstadt Hinterkaifeck"))
        change(opened, USUAL)
    assert not any(b"Hinterkaifeck" in each.read_bytes() for each in folder.rglob("*") if each.is_file())


@pytest.mark.parametrize("lines", [("x",) * 5, ("x" * 121,)])
def test_more_than_a_head_has_room_for_is_refused(desk: Desk, lines: tuple[str, ...]) -> None:
    before = letterhead(desk)
    with pytest.raises(CaseworkError, match="E842"):
        change(desk, Letterhead(name="Gemeinde", foot=lines))
    with pytest.raises(CaseworkError, match="E842"):
        change(desk, Letterhead(name="Gemeinde", officer=lines))
    assert letterhead(desk) == before


def test_a_logo_is_drawn_anew_on_white_and_no_larger_than_needed() -> None:
    with Image.open(BytesIO(read_logo(_picture()))) as logo:
        assert (logo.format, logo.size, logo.info) == ("PNG", (360, 360), {})
        assert logo.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    with Image.open(BytesIO(read_logo(_picture("RGB", (300, 80), "JPEG")))) as logo:
        assert logo.size == (300, 80)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"x" * MOST_BYTES, "E840"),
        (b"not a picture", "E871"),
        (_picture()[:300], "E872"),
        (_picture("RGB", (20, 20), "WEBP"), "E841"),
    ],
)
def test_what_is_no_logo_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(data)
    with pytest.raises(CaseworkError, match=code):
        read_logo(file)


def test_a_logo_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E940"):
        read_logo(tmp_path / "nothing.png")
