"""A stranger's reader in JavaScript comes to the same outcome with every golden file and every refusal."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vectors import vector
from tests.vectors.vector import KEY, Vector

HERE = Path(__file__).parent
VECTORS = HERE.parent / "vectors"


def outcomes(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Return what the other reader says of each vector, by its name."""
    run = subprocess.run(
        ["node", HERE / "read.mjs", *sorted(paths)], check=True, capture_output=True, encoding="utf-8"
    )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    return {each["file"].removesuffix(".kimv"): each for each in found}


FOLDERS = ("format-1", "trust-1", "handover-1")
HEADS: dict[str, dict[str, str]] = {
    "format-1/bundle": {"kind": "bundle", "reader": "kreis", "senders": "desk"},
    "format-1/receipt": {"kind": "receipt", "reader": "desk", "senders": "kreis"},
    "format-1/request": {"kind": "request"},
    "format-1/certificate": {"kind": "certificate"},
    "format-1/catalogue": {"kind": "catalogue", "senders": "publisher"},
    "trust-1/statement-1": {"kind": "kreiskeys", "senders": "root"},
    "trust-1/statement-2": {"kind": "kreiskeys", "senders": "root"},
    "trust-1/request": {"kind": "request"},
    "trust-1/certificate": {"kind": "certificate", "own": "desk", "day": "2026-03-02"},
    "trust-1/card": {"kind": "card", "senders": "root", "day": "2026-03-02"},
    "trust-1/request-new-keys": {"kind": "request", "present": "desk"},
    "trust-1/certificate-new-keys": {"kind": "certificate", "own": "desk-next", "day": "2026-09-01"},
    "handover-1/offer": {"kind": "handover", "reader": "taker", "senders": "giver"},
    "handover-1/accepted": {"kind": "handover", "reader": "giver", "senders": "taker"},
    "handover-1/returned": {"kind": "handover", "reader": "giver", "senders": "taker"},
}
"""Every golden file, and how it is read."""


def recorded(name: str) -> dict[str, Any]:
    """Return what the contents beside a golden file tell of it."""
    folder, _, file = name.partition("/")
    contents = json.loads((VECTORS / folder / "contents.json").read_text(encoding="utf-8"))
    return dict(contents[file])


def golden_vector(name: str) -> Vector:
    """Return a golden file with its head."""
    [path] = VECTORS.glob(f"{name}.kim?")
    head = HEADS[name] | {"outcome": "ok"}
    if HEADS[name].get("reader") == "giver":
        head["offered"] = recorded(name)["offer digest"]
    return Vector(name.replace("/", "_"), head, path.read_bytes())


@pytest.fixture
def keys(tmp_path: Path) -> Callable[[str], Path]:
    """Return the folder in which vectors of a folder of golden files lie beside their keys."""
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
        for key in (VECTORS / folder).glob(KEY.format("*")):
            shutil.copy(key, tmp_path / folder)
    return lambda name: tmp_path / name.partition("/")[0]


def test_every_golden_file_is_read() -> None:
    files = {f"{path.parent.name}/{path.stem}" for path in VECTORS.glob("*-1/*.kim?")}
    assert files == HEADS.keys()


def test_it_reads_every_golden_file_to_the_same_content(keys: Callable[[str], Path]) -> None:
    for name in HEADS:
        golden_vector(name).write(keys(name))
    found = outcomes(path for folder in FOLDERS for path in keys(folder).glob("*.kimv"))
    assert len(found) == len(HEADS)
    for name in HEADS:
        told, wanted = found[name.replace("/", "_")], recorded(name)
        assert (name, told["outcome"]) == (name, "ok")
        assert told["digest"] == wanted.get("digest", told["digest"])
        assert json.loads(told["body"]) == wanted.get("manifest", wanted.get("body"))


def test_it_refuses_what_we_refuse_with_the_same_code() -> None:
    found = outcomes((VECTORS / "refused").glob("*.kimv"))
    wanted = {path.stem: vector.read(path).head["outcome"] for path in (VECTORS / "refused").glob("*.kimv")}
    assert {name: each["outcome"] for name, each in found.items()} == wanted


def test_it_refuses_flipped_cut_and_spliced_files(keys: Callable[[str], Path]) -> None:
    chance = random.Random(9)
    made = 0
    for name in HEADS:
        sound = golden_vector(name)
        for number, changed in enumerate(_spoilt(sound.data, chance)):
            Vector(f"{sound.name}-{number}", sound.head, changed).write(keys(name))
            made += 1
    found = outcomes(path for folder in FOLDERS for path in keys(folder).glob("*.kimv"))
    assert len(found) == made
    assert [name for name, each in found.items() if each["outcome"] == "ok"] == []


def _spoilt(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield a file with flipped bits, cut, with something behind it, and with parts in each other's place."""
    for _ in range(6):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        yield data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
        yield data[:at]
    yield data + b"\0"
    first, second = sorted(chance.sample(range(10, len(data)), 2))
    yield data[:first] + data[second:]
    yield data[:second] + data[first:]
