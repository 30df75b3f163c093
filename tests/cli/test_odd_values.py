"""Every option of every command with values nobody means: wrong usage or a refusal, never a fault of ours."""

import argparse
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kimdesk.cli.__main__ import main
from kimdesk.cli.parser import build_parser
from tests.cli.desk_kit import PASSPHRASE, make
from tests.torture.quick import quicken, quickly

ODD = [
    "", " ", "-1", "-999999999999999999999", "0", "1e9", "9" * 25, "9" * 5000, "1.5", "NaN", "abc",
    "\u0663", "1_0", "a\0b", "\udcff", "\u202eabc", "x" * 300, "x" * 70_000, "/", ".", "..", "/dev/null", "~",
    "-", "--", "*", "%s{0}", "'; DROP TABLE person; --", "„ä“ \U0001f5c4", "\n", "\t", "2026-13-45", "true",
]  # fmt: skip
NOT_READ = {"-"}  # standard input: has tests of its own


class Argument(NamedTuple):
    command: tuple[str, ...]
    action: argparse.Action


def commands() -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Yield the words and the parser of every command that can be called."""

    def below(
        words: tuple[str, ...], parser: argparse.ArgumentParser
    ) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
        deeper = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
        for group in deeper:
            for name, each in group.choices.items():
                yield from below((*words, name), each)
        if not deeper:
            yield words, parser

    yield from below((), build_parser())


COMMANDS = dict(commands())
ALIKE = {"vault", "passphrase_file"}  # read alike by all commands on a vault: here by some of them
SOME = {("vault", "create"), ("vault", "info"), ("vault", "restore"), ("case", "list"), ("kreis", "desks")}
ARGUMENTS = [
    Argument(words, action)
    for words, parser in COMMANDS.items()
    for action in parser._actions
    if action.nargs != 0 and (action.dest not in ALIKE or words in SOME)
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("odd")
    for role in ("desk", "kreis"):
        make(home / role, role)
        quicken(home / role)
    (home / "secret").write_text(PASSPHRASE, encoding="utf-8")
    (home / "file").write_text("[]", encoding="utf-8")
    with quickly():
        yield home


@pytest.fixture
def home(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "home"
    shutil.copytree(template, place)
    (place / "here").mkdir()
    (place / "here" / "note.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(place / "here")
    return place


def usual(home: Path, words: tuple[str, ...], action: argparse.Action) -> str:
    """Return a value with which the command would work, or be refused for another reason."""
    known = {
        "vault": home / ("new" if words[-1] == "create" else "kreis" if words[0] == "kreis" else "desk"),
        "passphrase_file": home / "secret",
        "new_passphrase_file": home / "secret",
        "recovery_file": home / "file",
        "role": "desk",
        "name": "Eschenried",
        "kdf": "interactive",
        "limit": "3",
        "cases": "1",
        "seed": "7",
        "head_row": "1",
        "separator": ";",
        "encoding": "utf-8",
        "born": "1990",
        "valid_from": "2026-01-01",
        "today": "2026-01-01",
        "not_after": "2099-01-01",
        "until": "2099-01-01",
        "from_seq": "1",
        "first": "2026-09-01",
        "last": "2026-11-30",
        "package": "1",
        "to": home / "to",
        "out": home / "out",
        "receipts": home,
    }
    fallback = (action.choices and next(iter(action.choices))) or home / "file"
    return str(known.get(action.dest, fallback))


def line(home: Path, words: tuple[str, ...], odd: argparse.Action, value: str) -> list[str]:
    found = list(words)
    for action in COMMANDS[words]._actions:
        if action.nargs == 0 or not (action is odd or action.required):
            continue
        given = value if action is odd else usual(home, words, action)
        found += [f"{action.option_strings[0]}={given}"] if action.option_strings else [given]
    return found


def called(arguments: list[str]) -> int:
    try:
        return main(["--json", *arguments])
    except SystemExit as end:
        return int(end.code or 0)


@pytest.mark.parametrize("argument", ARGUMENTS, ids=lambda each: "-".join((*each.command, each.action.dest)))
def test_no_value_is_a_fault_of_ours(
    home: Path, argument: Argument, capsys: pytest.CaptureFixture[str]
) -> None:
    for value in ODD:
        if value in NOT_READ:
            continue
        arguments = line(home, argument.command, argument.action, value)
        status = called(arguments)
        said = capsys.readouterr()
        assert status in {0, 1, 2}, (arguments, said)
        assert "Traceback" not in said.err
        if status == 1:
            assert json.loads(said.out)["error"]["code"] != "E999", arguments
        made = [path for path in Path().iterdir() if path.name != "note.txt"]
        assert status == 0 or not made, arguments
        for path in made:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


SINGLE = [each for each in ARGUMENTS if each.action.option_strings and each.action.nargs is None]


@pytest.mark.parametrize("argument", SINGLE, ids=lambda each: "-".join((*each.command, each.action.dest)))
def test_an_option_with_one_value_is_not_taken_twice(
    home: Path, argument: Argument, capsys: pytest.CaptureFixture[str]
) -> None:
    value = usual(home, argument.command, argument.action)
    twice = line(home, argument.command, argument.action, value)
    assert called([*twice, argument.action.option_strings[0], value]) == 2
    assert "zweimal" in capsys.readouterr().err


def test_municipalities_may_be_given_together_or_one_by_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kimdesk.casework.desk import Desk

    create = ["vault", "create", "--passphrase-file", str(home / "secret"), "--role", "desk", "--name", "x"]
    keys = ["--ags", "05911000", "--ags", "05913000", "05911000"]
    assert called([*create, "--kdf", "interactive", str(home / "new"), *keys]) == 0
    capsys.readouterr()
    with Desk.unlock(home / "new", PASSPHRASE) as desk:
        assert desk.municipalities == ("05911000", "05913000")


@pytest.mark.parametrize("key", ["abc", "5911000", "059110000", "٠٥٩١١٠٠٠", "0591 100", ""])
def test_what_is_no_municipality_makes_no_vault(
    home: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    create = ["vault", "create", "--passphrase-file", str(home / "secret"), "--role", "desk", "--name", "x"]
    out = ["--recovery-out", str(home / "sheet")]
    assert called([*create, str(home / "new"), *out, "--ags", key]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "E729"
    assert not (home / "new").exists()
    assert not (home / "sheet").exists()
