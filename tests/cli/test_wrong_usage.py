"""Wrong usage ends with 2 and one German sentence: which option, which value, what is allowed."""

from pathlib import Path

import pytest

from kimdesk.cli.__main__ import main
from tests.cli.test_odd_values import COMMANDS, usual

ENGLISH = (
    "usage", "error", "argument", "required", "invalid", "choose", "expected", "unrecognized", "option ",
)  # fmt: skip
LIST = ["case", "import", "v", "--passphrase-file", "p", "l.csv"]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the sentence that refuses a call."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    told = capsys.readouterr()
    assert (ended.value.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert told.err.startswith("kimdeskctl")
    assert not [each for each in ENGLISH if each in told.err.partition(": ")[2].lower()], told.err
    return told.err


@pytest.mark.parametrize("words", COMMANDS, ids="-".join)
def test_every_command_says_what_is_wrong(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    parser = COMMANDS[words]
    needed = [each for each in parser._actions if each.required]
    if needed:
        assert "es fehlt: " in said(capsys, *words)
    groups = [each._group_actions[0] for each in parser._mutually_exclusive_groups if each.required]
    given = [each.option_strings[0] for each in groups if each.nargs == 0]
    given += [
        part
        for each in (*needed, *(each for each in groups if each.nargs != 0))
        for part in (*each.option_strings[:1], usual(Path("x"), words, each))
    ]
    assert "--unknown" in said(capsys, *words, *given, "--unknown")
    for action in parser._actions:
        name = action.option_strings[-1] if action.option_strings else ""
        if name.startswith("--") and name != "--help":
            assert "--help" in said(capsys, *words, name if action.nargs != 0 else f"{name}=x")
            said(capsys, *words, name[:-1], "x")


@pytest.mark.parametrize("words", [(), ("nichts",), ("case",), ("case", "nichts"), ("--unbekannt",)])
def test_a_word_nobody_knows_is_named_with_what_is_allowed(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, *words)
    assert "nichts" not in words or ("„nichts“" in told and "'list'" in told) or "'case'" in told


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("--head-row", "0", "1 bis 1.048.576"),
        ("--head-row", "erste", "none"),
        ("--head-row", "9" * 400, "none"),
        ("--separator", ";;", "tab"),
        ("--separator", '"', "tab"),
        ("--encoding", "klingonisch", "cp1252"),
        ("--encoding", "base64", "cp1252"),
    ],
)
def test_how_a_list_is_read_is_said_with_what_is_allowed(
    option: str, value: str, allowed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, *LIST, f"{option}={value}")
    assert option in told
    assert allowed in told
    assert value[:100] in told


def test_an_option_is_not_abbreviated(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--head" in said(capsys, *LIST, "--head", "1")
    assert "--dry" in said(capsys, *LIST, "--dry")
    assert "--limit: „x“" in said(capsys, "case", "list", "v", "--passphrase-file", "p", "--limit", "x")


def test_help_is_german(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["case", "import", "--help"])
    told = capsys.readouterr().out
    assert told.startswith("Aufruf: kimdeskctl case import")
    assert "diese Hilfe zeigen" in told
    assert "show this" not in told
