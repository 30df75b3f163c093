"""The same words open by keyboard, file and pipe, whatever wrote them; what cannot be told is not guessed."""

import codecs
import io
import os
import sys
import unicodedata
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.cli.plain_text import first_line_of, read_line
from kimdesk.cli.secrets_in import first_line
from kimdesk.domain.errors import StoreError
from kimdesk.vault.passphrase import prepared
from tests.cli.desk_kit import make, run

WORDS = [
    "anker birke dampf eimer falke garten",
    "Äpfel für fünf größere Körbe Öl",
    "Rübe Bär Föhn Gemüse lösen prüfen",
    "Çelik Łódź Ångström – 18 €",
    "Київ Львів Одеса Харків",
]
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
ENCODINGS = [*MARKS, "cp1252", "latin-1", "iso8859-15", "cp850"]
FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
ENDS = ["", "\n", "\r\n", "\r", "\n\n", "\r\nnoch etwas\r\n"]


def files() -> list[tuple[str, bytes]]:
    """Each text in each form, encoding and line end, with and without mark, where it can be written so."""
    found = []
    for words, form, encoding, end in product(WORDS, FORMS, ENCODINGS, ENDS):
        for mark in {b"", MARKS.get(encoding, b"")}:
            try:
                content = (unicodedata.normalize(form, words) + end).encode(encoding)
            except UnicodeEncodeError:
                continue
            found.append((words, mark + content))
    return found


def test_the_matrix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = files()
    assert len(seen) > 500
    for words, content in seen:
        typed = prepared(words)
        (tmp_path / "words").write_bytes(content)
        assert prepared(first_line(str(tmp_path / "words"))) == typed, content
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="cp1252"))
        assert prepared(first_line("-")) == typed, content


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_two_lines_of_one_pipe_are_two_secrets(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "erste Wörter\r\nzweite Wörter\n".encode(encoding)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MARKS.get(encoding, b"") + content)))
    assert (first_line("-"), first_line("-")) == ("erste Wörter", "zweite Wörter")


UNCLEAR = {
    "sharp s of one code page, accent of another": "Straße".encode("cp850"),
    "capital of one, Slavic letter of another": "Überfahrt".encode("cp850"),
    "Polish": "Łódź Gdańsk".encode("cp1250"),
    "Turkish": "Gündoğdu".encode("cp1254") + b"\xfe",
    "Slavic letters that French has others for": "Dvořáček".encode("cp1250"),
    "Hungarian": "Erdős Pál".encode("cp1250"),
    "Cyrillic": "Київ".encode("cp1251"),
    "a picture": b"\x89PNG\r\n\x1a\n",
    "a control character": b"anker\x00birke",
    "half a character": codecs.BOM_UTF16_LE + b"a\x00b",
    "broken UTF-8 behind its mark": codecs.BOM_UTF8 + b"gr\xfcn",
    "endless": b"x" * 70_000,
}


@pytest.mark.parametrize("name", UNCLEAR)
def test_what_cannot_be_told_is_said_so(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").write_bytes(UNCLEAR[name])
    with pytest.raises(StoreError, match="E919"):
        first_line(str(tmp_path / "words"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UNCLEAR[name])))
    with pytest.raises(StoreError, match="E919"):
        first_line("-")


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\r\nanker", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b"\n\0"]
)
def test_an_empty_line_is_no_wrong_passphrase(content: bytes) -> None:
    with pytest.raises(StoreError, match="E925"):
        first_line_of(content)


@pytest.mark.parametrize("source", ["", "nowhere", ".", "a\0b", "x" * 5000])
def test_what_cannot_be_read_is_said_so(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match="E910"):
        first_line(source)


@given(st.binary(max_size=300))
def test_any_bytes_are_words_or_refused(content: bytes) -> None:
    with suppress(StoreError):
        found = first_line_of(content)
        assert found
        assert not set(found) & {"\r", "\n", "\0"}


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
def test_marked_or_utf8_text_is_read_as_it_was_written(text: str) -> None:
    words = text.lstrip("\ufeff")
    if not words:
        return
    for encoding, mark in MARKS.items():
        content = mark + (words + "\r\n").encode(encoding)
        assert first_line_of(content) == words
        assert read_line(io.BytesIO(content + b"x\n")) == content
    assert first_line_of(f"{words}\n".encode()) == words


def test_a_pipe_that_stays_open_is_not_waited_for(tmp_path: Path) -> None:
    for encoding, mark in MARKS.items():
        reading, writing = os.pipe()
        os.write(writing, mark + "Wörter\n".encode(encoding))
        with os.fdopen(reading, "rb") as stream:
            assert first_line_of(read_line(stream)) == "Wörter"
        os.close(writing)


def test_a_vault_made_by_a_file_of_windows_opens_by_a_pipe_of_linux(tmp_path: Path) -> None:
    vault, words = tmp_path / "vault", unicodedata.normalize("NFD", "Äpfel für fünf größere Körbe Öl")
    (tmp_path / "windows").write_bytes((unicodedata.normalize("NFC", words) + "\r\n").encode("utf-16"))
    names = ("--role", "desk", "--name", "x", "--kdf", "interactive")
    made = run("vault", "create", str(vault), "--passphrase-file", str(tmp_path / "windows"), *names)
    assert made[0] == 0
    opening = ("vault", "check", str(vault), "--passphrase-file", "-")
    for content in (f"{words}\n".encode(), unicodedata.normalize("NFC", words).encode("cp1252")):
        assert run(*opening, given=content)[0] == 0


def test_an_unclear_file_does_not_count_as_a_wrong_passphrase(tmp_path: Path) -> None:
    make(tmp_path / "vault")
    opening = ("vault", "check", str(tmp_path / "vault"), "--passphrase-file", "-")
    status, _, err = run(*opening, given="Straße".encode("cp850"))
    assert (status, err.split()[0]) == (1, "E919")
    assert not (tmp_path / "vault" / "attempts").exists()
