"""Feed one parser what atheris (libFuzzer) finds: ``python -m tests.torture.fuzz <parser> <seconds> <seed>``.

A parser may refuse with a typed error; anything else ends the run with the bytes that did it. Signatures and
seals stop a fuzzer at the door, so each parser behind them is fed alone.
"""

import copy
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import atheris
import msgspec
import zstandard

import resources

with atheris.instrument_imports(include=["kimdesk"]):
    from kimdesk.casework import parcel
    from kimdesk.casework.desk import Desk
    from kimdesk.catalogue.fitting import FOLDERS
    from kimdesk.domain.errors import KimdeskError
    from kimdesk.sync.packs import Pack
    from kimdesk.sync.sealing import frames, wire
    from kimdesk.vault import Strength
    from tests.casework.test_exchange import full_case
    from tests.conftest import PASSPHRASE
    from tests.torture.parsers import PARSERS

MEMORY = 256
"""MiB a parser may take, the interpreter's own included."""
LONGEST = 10
"""Seconds one input may take."""
_LARGEST = 16_384  # bytes of an input
_ODD: list[Any] = [
    None, True, 0, -1, 2**31, 2**53, 2**63, 2**64, 1e308, float("inf"), "", " ", "\ud800", "\u2028", "P" * 25,
    "2026-13-01", "0000", "9999-12-31", "05554004", "identified", "case", "x" * 300, [], {}, [[]], {"": None},
]  # fmt: skip
_VECTORS = Path(__file__).parent.parent / "vectors"
_VAULT = Path(__file__).parent.parent / "vault" / "fixtures" / "first-release"


def main(parser: str, seconds: int, seed: int) -> None:
    """Feed ``parser`` for so long, starting from the golden files."""
    read = PARSERS[parser]

    def once(data: bytes) -> None:
        with suppress(KimdeskError):
            read(data)

    with tempfile.TemporaryDirectory() as folder:
        for number, found in enumerate(_seeds()):
            (Path(folder) / str(number)).write_bytes(found)
        limits = [
            f"-max_total_time={seconds}",
            f"-malloc_limit_mb={MEMORY}",
            "-rss_limit_mb=0",
            f"-timeout={LONGEST}",
        ]
        flags = [
            f"-seed={seed}",
            f"-max_len={_LARGEST}",
            "-print_final_stats=1",
            "-artifact_prefix=build/fuzz-",
        ]
        Path("build").mkdir(exist_ok=True)
        atheris.Setup([sys.argv[0], *limits, *flags, folder], once, custom_mutator=_mutate)
        atheris.Fuzz()


def _mutate(data: bytes, most: int, seed: int) -> bytes:
    """Change bytes, or, where they are JSON, as often a value in it: what a decoder in C gives no hint of."""
    chance = random.Random(seed)
    try:
        whole = [json.loads(data)]
    except (ValueError, RecursionError):
        whole = []
    if not whole or chance.random() < 0.5:
        return bytes(atheris.Mutate(data, most))
    _change(whole, chance)
    return _spelled(whole[0])[:most]


def _spelled(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def _change(whole: list[Any], chance: random.Random) -> None:
    """Put something else in the place of one value, or take a member away, or add one."""
    places = list(_places(whole))
    holder, key = chance.choice(places)
    act = chance.randrange(6)
    if act == 0 and holder is not whole:
        del holder[key]
    elif act == 1 and isinstance(holder[key], dict):
        holder[key][chance.choice(("id", "rev", "kind", "more"))] = _odd(chance)
    elif act == 2 and isinstance(holder[key], list):
        holder[key].append(_odd(chance))
    elif act == 3:
        other, at = chance.choice(places)
        holder[key] = copy.deepcopy(other[at])
    else:
        holder[key] = _odd(chance)


def _odd(chance: random.Random) -> Any:
    return copy.deepcopy(chance.choice(_ODD))


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    pairs = list(holder.items()) if isinstance(holder, dict) else list(enumerate(holder))
    for key, value in pairs:
        yield holder, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _seeds() -> Iterator[bytes]:
    yield from _golden()
    yield from _packs()
    yield from _case_documents()
    for path in sorted(_VECTORS.glob("*-1/*.kim*")):
        data = path.read_bytes()
        yield data
        yield data[10 + int.from_bytes(data[6:10], "big") :]
    plain = frames.frame(frames.MANIFEST, b"{}") + frames.frame(frames.END)
    yield plain.ljust(frames.padded(len(plain)), b"\0")
    yield zstandard.compress(b'{"a":1}\n')
    yield (_VAULT / "vault.kimv").read_bytes()


def _golden() -> Iterator[bytes]:
    """Yield what stands inside of the golden files: manifests, bodies, records."""
    for folder in ("format-1", "trust-1", "handover-1"):
        contents = json.loads((_VECTORS / folder / "contents.json").read_text(encoding="utf-8"))
        for each in (found for found in contents.values() if isinstance(found, dict)):
            for part in ("manifest", "body", "offer", "reply"):
                if part in each:
                    yield _spelled(each[part])
            for line in (line for lines in each.get("records", {}).values() for line in lines):
                yield _spelled(line)


def _packs() -> Iterator[bytes]:
    """Yield shipped documents as packs that bring them, those that leave room to grow."""
    shipped = Path(resources.__file__).parent
    for folder in FOLDERS:
        for path in sorted((shipped / folder).glob("*.toml")):
            name = f"{folder}/{path.name}"
            pack = Pack(
                needs="0.1", kreis_name="Kreis", version=1, issued="2026-03-02T09:30:00Z",
                valid_from="2026-03-02", not_after="2027-03-02", note="",
                documents={name: msgspec.to_builtins(resources.read_toml(name))},
            )  # fmt: skip
            if len(body := wire.encode(pack)) < _LARGEST // 2:
                yield body


def _case_documents() -> Iterator[bytes]:
    """Yield a case as it travels from desk to desk, with something of everything."""
    with tempfile.TemporaryDirectory() as folder:
        desk, _ = Desk.create(
            Path(folder) / "desk", PASSPHRASE, name="Eschenried", user="M. Kessler",
            strength=Strength.INTERACTIVE,
        )  # fmt: skip
        with desk:
            case = full_case(desk).case
            with desk.reading() as reader:
                yield parcel.packed(reader, case.id, addresses=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
