"""Protected tables are made here: new ones once the auditor is content, kept ones as they were."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from kimdesk.disclosure.auditor import guards, verify
from kimdesk.disclosure.seal import SEAL
from kimdesk.disclosure.solver import version
from kimdesk.disclosure.values import (
    THRESHOLD,
    Bound,
    CellFate,
    CellKey,
    Linked,
    Proof,
    ProtectedTables,
    Shown,
    StockMove,
    Sum,
)
from kimdesk.domain.errors import DisclosureError


def sealed(
    linked: Linked,
    cells: Mapping[CellKey, Shown],
    *,
    threshold: int = THRESHOLD,
    earlier: Sequence[ProtectedTables] = (),
) -> ProtectedTables:
    """Return cells as tables that may be given out.

    Raises:
        DisclosureError: the auditor is not content; the codes of ``auditor.verify``.
    """
    bounds = verify(linked, cells, threshold=threshold, earlier=earlier)
    needed = guards(linked, cells, threshold=threshold, earlier=earlier)
    against = tuple(each.digest for each in earlier)
    proof = Proof(threshold, needed, bounds, against, version())
    return _made(dict(cells), linked.sums, linked.steps, proof)


def written(tables: ProtectedTables) -> str:
    """Return tables with their proof as JSON, to be kept (never given out: the proof names small cells)."""
    proof = tables.proof
    document = _told(tables.cells, tables.sums, tables.steps) | {
        "digest": tables.digest,
        "proof": {
            "threshold": proof.threshold,
            "guards": [[list(each.key), each.least, each.most] for each in proof.guards],
            "bounds": [[list(each.key), each.least, each.most] for each in proof.bounds],
            "against": list(proof.against),
            "solver": proof.solver,
        },
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def restored(text: str) -> ProtectedTables:
    """Return what ``written`` wrote.

    Raises:
        DisclosureError: it is not what was written (E986).
    """
    try:
        document = json.loads(text)
        told = document["proof"]
        bounds = {
            name: tuple(Bound(tuple(key), least, most) for key, least, most in told[name])
            for name in ("guards", "bounds")
        }
        proof = Proof(
            told["threshold"], bounds["guards"], bounds["bounds"], tuple(told["against"]), told["solver"]
        )
        tables = _read(document, proof)
        digest = document["digest"]
    except (ValueError, KeyError, TypeError) as error:
        raise DisclosureError("E986") from error
    if tables.digest != digest:
        raise DisclosureError("E986")
    return tables


def _read(document: Mapping[str, Any], proof: Proof) -> ProtectedTables:
    cells = {tuple(key): Shown(CellFate(fate), number) for key, fate, number in document["cells"]}
    sums = tuple(Sum(tuple(total), tuple(map(tuple, parts))) for total, parts in document["sums"])
    steps = tuple(StockMove(*(each and tuple(each) for each in step)) for step in document["steps"])
    return _made(cells, sums, steps, proof)


def _made(
    cells: Mapping[CellKey, Shown], sums: tuple[Sum, ...], steps: tuple[StockMove, ...], proof: Proof
) -> ProtectedTables:
    told = json.dumps(
        [_told(cells, sums, steps), proof.threshold, proof.against], ensure_ascii=False, separators=(",", ":")
    )
    digest = hashlib.sha256(told.encode()).hexdigest()
    return ProtectedTables(cells, sums, steps, proof, digest, SEAL)


def _told(cells: Mapping[CellKey, Shown], sums: Sequence[Sum], steps: Sequence[StockMove]) -> dict[str, Any]:
    return {
        "cells": [[list(key), cell.fate.value, cell.number] for key, cell in cells.items()],
        "sums": [[list(each.total), [list(part) for part in each.parts]] for each in sums],
        "steps": [
            [each and list(each) for each in (step.now, step.before, step.entered, step.left)]
            for step in steps
        ],
    }
