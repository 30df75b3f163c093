"""What a walk does again and again and no walk is about costs nothing, or little."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from kimdesk.kreis.taking import caged
from kimdesk.kreis.taking.said import Said
from kimdesk.store.steps import Schema
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity, SigningPublic
from kimdesk.sync.trust import device, enrolment, kreis_keys
from kimdesk.vault.engine import build_engine
from tests.torture.quick import quickly


@contextmanager
def cheaply() -> Iterator[None]:
    """Spare what a walk does again and again and no walk is about."""
    read, verifies = DeviceIdentity.from_bytes, SigningPublic.verifies
    known, certified = PublicIdentity.from_bytes, enrolment.read_certificate
    with (
        quickly(),
        patch("kimdesk.vault.vault.build_engine", _alike({})),
        patch("kimdesk.kreis.taking.reading._READ", _ReadHere()),
        patch.object(DeviceIdentity, "from_bytes", lru_cache(1000)(read)),
        patch.object(PublicIdentity, "from_bytes", lru_cache(1000)(known)),
        patch.object(SigningPublic, "verifies", lru_cache(1000)(verifies)),
        patch.object(device, "read_certificate", lru_cache(1000)(certified)),
        patch.object(kreis_keys, "read", lru_cache(1000)(kreis_keys.read)),
        patch.object(Schema, "bring_up_to_date", _once(Schema.bring_up_to_date)),
    ):
        yield


def _once(bring: Callable[[Schema, Engine], None]) -> Callable[[Schema, Engine], None]:
    """Return a ``bring_up_to_date`` that looks at each opened database once."""
    done: WeakKeyDictionary[Engine, set[Path]] = WeakKeyDictionary()

    def bring_up_to_date(schema: Schema, engine: Engine) -> None:
        if schema.folder not in done.setdefault(engine, set()):
            bring(schema, engine)
            done[engine].add(schema.folder)

    return bring_up_to_date


def _alike(compiled: Any) -> Callable[..., Engine]:
    """Return a ``build_engine`` whose engines keep their compiled statements together in ``compiled``."""
    dialects: list[Any] = []

    def build(*arguments: Any) -> Engine:
        engine = build_engine(*arguments)
        dialects.append(engine.dialect)
        engine.dialect, engine._compiled_cache = dialects[0], compiled
        return engine

    return build


class _ReadHere:
    """Stands in for the cage, which every stick would ask."""

    def prepare(self) -> None:
        """Have no helper to start."""

    def __call__(self, pieces: Iterable[bytes], size: int, infos: list[Any], **_: Any) -> Iterator[Said]:
        return caged.read(iter(pieces), size, infos)
