"""The German sentences of the Kreis desk, from ``resources/kreis/sentences.toml``."""

from collections.abc import Sequence

import resources
from kimdesk.domain.errors import BundleError
from kimdesk.texts.refusals import explain


def say(group: str, name: str, **facts: object) -> str:
    """Return a sentence, its facts filled in."""
    text: str = resources.read_toml("kreis/sentences.toml")[group][name]
    return text.format(**facts)


def missing(numbers: Sequence[int]) -> str:
    """Return which bundles are missing: „Paket 14 fehlt“."""
    listed = ", ".join(map(str, numbers))
    return say("missing", "one" if len(numbers) == 1 else "many", seqs=listed)


def of_result(result: str, code: str, counts: tuple[int, int, int], absent: Sequence[int]) -> str:
    """Return what came of a bundle, in one line; ``counts``: applied, conflicts, erased."""
    if result == "applied":
        return _of_applied(*counts)
    if result == "duplicate":
        return say("inbox", "duplicate")
    if result == "held":
        return say("inbox", "held", missing=missing(absent)) if absent else say("inbox", "held_unknown")
    return explain(BundleError(code)).message


def _of_applied(applied: int, conflicts: int, erased: int) -> str:
    changes = "1 Änderung" if applied == 1 else f"{applied} Änderungen"
    if conflicts:
        return say("inbox", "conflicts", applied=changes, conflicts=conflicts)
    if erased:
        return say("inbox", "erased", applied=changes, erased=erased)
    return say("inbox", "applied", applied=changes) if applied else say("inbox", "nothing")
