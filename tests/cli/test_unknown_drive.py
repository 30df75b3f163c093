"""A drive of a kind that nobody knows: somebody at a terminal is asked, a script is refused."""

import os
import select
import sys
from pathlib import Path

import pytest

from kimdesk.cli.__main__ import main
from kimdesk.vault import place
from tests.conftest import PASSPHRASE

pytestmark = pytest.mark.skipif(not hasattr(place, "_MOUNTS"), reason="asks Linux about its drives")


@pytest.fixture
def command(closed_vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Checking a vault that lies on such a drive."""
    mounts, words = tmp_path / "mounts", tmp_path / "words"
    mounts.write_text(f"root / ext4 rw 0 0\nx {closed_vault.parent} fuse.neu rw 0 0\n", encoding="utf-8")
    words.write_text(PASSPHRASE, encoding="utf-8")
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    monkeypatch.setattr(place, "_trusted", set())
    return ["vault", "check", str(closed_vault), "--passphrase-file", str(words)]


def test_a_script_is_refused(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 1
    assert "E044" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "status"), [("ja", 0), ("J", 0), ("nein", 1), ("", 1)])
def test_somebody_at_a_terminal_is_asked(
    command: list[str], answer: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal, end = os.openpty()
    with open(end, encoding="utf-8") as keyboard, open(os.dup(end), "w", encoding="utf-8") as screen:  # noqa: PTH123 - handles
        monkeypatch.setattr(sys, "stdin", keyboard)
        monkeypatch.setattr(sys, "stderr", screen)
        os.write(terminal, f"{answer}\n".encode())
        assert main(command) == status
        screen.flush()
        shown = ""
        while "fuse.neu" not in shown and select.select([terminal], [], [], 10)[0]:  # it may come in pieces
            shown += os.read(terminal, 4096).decode()
        assert "fuse.neu" in shown
    os.close(terminal)
