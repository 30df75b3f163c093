"""Every TOML file that is shipped has a shape, and fits it."""

import tomllib
from pathlib import Path

import pytest

import resources
from tests.resource_shapes import SHAPES, shape_of

ROOT = Path(resources.__file__).parent
PATHS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.toml"))


@pytest.mark.parametrize("path", PATHS)
def test_a_file_fits_its_shape(path: str) -> None:
    shape_of(path)(tomllib.loads((ROOT / path).read_text(encoding="utf-8")), path)


def test_no_shape_is_left_without_a_file() -> None:
    assert [place for place in SHAPES if not any(path.startswith(place) for path in PATHS)] == []


@pytest.mark.parametrize(
    "path",
    [
        "rules/likeness.toml",
        "rules/relations.toml",
        "rules/history.toml",
        "documents/split_sheet.toml",
        "theme/tokens.toml",
        "passphrase/hints_de.toml",
    ],
)
def test_a_key_nobody_knows_is_noticed(path: str) -> None:
    table = tomllib.loads((ROOT / path).read_text(encoding="utf-8"))
    with pytest.raises(Exception, match=r"colour|E700"):
        shape_of(path)({**table, "colour": "red"}, path)
