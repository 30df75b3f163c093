"""A stranger's reader in JavaScript comes to the same outcome with every golden file and every refusal."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.vectors import vector
from tests.vectors.vector import KEY, Vector

HERE = Path(__file__).parent
VECTORS = HERE.parent / "vectors"
CONTENTS: dict[str, Any] = json.loads((VECTORS / "format-1" / "contents.json").read_text(encoding="utf-8"))
SEALED = {"bundle": ("desk", "kreis"), "receipt": ("kreis", "desk")}


def outcomes(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Return what the other reader says of each vector, by its name."""
    run = subprocess.run(
        ["node", HERE / "read.mjs", *sorted(paths)], check=True, capture_output=True, encoding="utf-8"
    )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    return {each["file"].removesuffix(".kimv"): each for each in found}


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """Return a folder with the golden files as vectors, beside their keys."""
    for key in (VECTORS / "format-1").glob(KEY.format("*")):
        shutil.copy(key, tmp_path)
    for kind in CONTENTS:
        head = {"kind": kind, "outcome": "ok"}
        if kind in SEALED:
            head["senders"], head["reader"] = SEALED[kind]
        if kind == "catalogue":
            head["senders"] = "publisher"
        Vector(kind, head, (VECTORS / "format-1" / f"{kind}.kimb").read_bytes()).write(tmp_path)
    return tmp_path


def test_it_reads_every_golden_file_to_the_same_content(golden: Path) -> None:
    found = outcomes(golden.glob("*.kimv"))
    assert found.keys() == CONTENTS.keys()
    for kind, recorded in CONTENTS.items():
        assert found[kind]["outcome"] == "ok"
        assert found[kind]["digest"] == recorded.get("digest", found[kind]["digest"])
        assert json.loads(found[kind]["body"]) == recorded.get("manifest", recorded.get("body"))


def test_it_refuses_what_we_refuse_with_the_same_code() -> None:
    found = outcomes((VECTORS / "refused").glob("*.kimv"))
    wanted = {path.stem: vector.read(path).head["outcome"] for path in (VECTORS / "refused").glob("*.kimv")}
    assert {name: each["outcome"] for name, each in found.items()} == wanted


def test_it_refuses_flipped_and_cut_files(golden: Path) -> None:
    chance = random.Random(9)
    for kind in CONTENTS:
        sound = vector.read(golden / f"{kind}.kimv")
        for number in range(12):
            at, bit = chance.randrange(len(sound.data)), 1 << chance.randrange(8)
            changed = sound.data[:at] + bytes([sound.data[at] ^ bit]) + sound.data[at + 1 :]
            Vector(f"{kind}-flip-{number}", sound.head, changed).write(golden)
            Vector(f"{kind}-cut-{number}", sound.head, sound.data[:at]).write(golden)
    found = outcomes(golden.glob("*-*-*.kimv"))
    assert len(found) == 24 * len(CONTENTS)
    assert {each["outcome"] for each in found.values()}.isdisjoint({"ok"})
