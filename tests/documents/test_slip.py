"""A slip shows what two people compare on the telephone."""

import json
from pathlib import Path

import pytest

from kimdesk.documents.slip import slip
from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import envelope
from kimdesk.sync.sealing.file_names import digits_of
from kimdesk.sync.sealing.short_words import short_words
from tests.documents.test_recovery_sheets import text_of
from tests.vectors.make import FOLDER as FILES
from tests.vectors.trust import FOLDER


@pytest.mark.parametrize(("name", "whose"), [("request", "desk"), ("certificate", "root")])
def test_it_shows_the_fingerprint_of_new_keys(name: str, whose: str) -> None:
    told = json.loads((FOLDER / "contents.json").read_text(encoding="utf-8"))
    shown = "".join(text_of(slip(FOLDER / f"{name}.kimb")).split())
    assert "".join(told[f"fingerprint of {whose}"].split()) in shown


def test_it_shows_digits_and_words_of_a_bundle() -> None:
    path = FILES / "bundle.kimb"
    digest = envelope.unproven_digest(path)
    text = text_of(slip(path))
    assert digits_of(digest.hex()).split()[0] in text
    assert short_words(digest).split()[0] in text


def test_what_is_no_file_of_ours_gets_none(tmp_path: Path) -> None:
    path = tmp_path / "Brief.txt"
    path.write_text("Guten Tag")
    with pytest.raises(BundleError, match="E101"):
        slip(path)
