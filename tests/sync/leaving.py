"""What would leave now, as rows, without writing a bundle."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec

from kimdesk.sync.leaving.delta import Outgoing
from kimdesk.sync.leaving.export import begin
from kimdesk.sync.trust import device
from tests.sync.exchange import NOW, TODAY, Exchange


class _UndoneError(Exception):
    """Takes a transaction back."""


def outgoing(exchange: Exchange, now: Any = NOW) -> list[Outgoing]:
    """Return everything that leaves, as a desk would send it that had never sent anything."""
    found: list[Outgoing] = []
    municipalities = device.enrolled(exchange.desk, TODAY).certificate.municipalities
    with suppress(_UndoneError), exchange.desk.writing() as writer:
        state = device.read_state(writer)
        device.save_state(writer, msgspec.structs.replace(state, received=0, looked=0))
        run = begin(exchange.desk, writer, municipalities, now)
        found = [each for batch in run.delta.batches() for each in batch.outgoing if each.leaves]
        raise _UndoneError
    return found


def rows(exchange: Exchange, kind: str, now: Any = NOW) -> list[dict[str, Any]]:
    """Return the rows of a kind that leave."""
    return [each.row() for each in outgoing(exchange, now) if each.kind == kind]


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a row, codes and identities included."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value
