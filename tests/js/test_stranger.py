"""A stranger's reader in JavaScript comes to the same outcome with every golden file and every refusal."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.vectors import vector
from tests.vectors.golden import FOLDERS, HEADS, VECTORS, golden_vector, recorded
from tests.vectors.vector import KEY, Vector

HERE = Path(__file__).parent


def outcomes(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Return what the other reader says of each vector, by its name."""
    run = subprocess.run(
        ["node", HERE / "read.mjs", *sorted(paths)], check=True, capture_output=True, encoding="utf-8"
    )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    return {each["file"].removesuffix(".kimv"): each for each in found}


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
