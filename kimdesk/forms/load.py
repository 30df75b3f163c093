"""Forms from resources, read strictly, each in the version its answers were given on.

``resources/forms/<name>.toml`` is the newest version; a version that was replaced is kept as
``resources/forms/archive/<name>.v<version>.toml``.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

import resources
from kimdesk.domain.errors import ContentError
from kimdesk.domain.terms import Phase
from kimdesk.forms.check import complaints
from kimdesk.forms.definition import FormDefinition

Read = Callable[[str], dict[str, Any]]
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def parse(table: dict[str, Any], name: str) -> FormDefinition:
    """Return the form that ``table`` describes. Raises ContentError E700 when it is broken."""
    try:
        definition = msgspec.convert(table, FormDefinition)
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=name, place=str(error)) from error
    place = "form" if definition.name != name else next(complaints(definition), "")
    if place:
        raise ContentError("E700", name=name, place=place)
    return definition


@cache
def form(name: str, version: int | None = None, read: Read = resources.read_toml) -> FormDefinition:
    """Return the form ``name`` in ``version``, the newest when None.

    Raises ContentError E707 when there is no such form or version, E700 when it is broken.
    """
    newest = _load(f"forms/{name}.toml", name, read)
    if version in (None, newest.version):
        return newest
    found = _load(f"forms/archive/{name}.v{version}.toml", name, read)
    if found.version != version:
        raise ContentError("E700", name=name, place="version")
    return found


def _load(path: str, name: str, read: Read) -> FormDefinition:
    if not _NAME.fullmatch(name):
        raise ContentError("E707", name="?")
    try:
        return parse(read(path), name)
    except FileNotFoundError as error:
        raise ContentError("E707", name=name) from error


def phase_form(phase: Phase, version: int | None = None) -> FormDefinition:
    """Return the form of ``phase``; see ``form``."""
    return form(phase.value, version)


@cache
def record_form(record: str) -> FormDefinition:
    """Return the form that edits the typed record ``record`` ("goal"); see ``form`` for what is raised.

    The ids of its fields are the attributes of the record in ``kimdesk.domain.records``.
    """
    return _load(f"forms/records/{record}.toml", record, resources.read_toml)


def forms() -> tuple[FormDefinition, ...]:
    """Return the newest forms of the seven phases, in their order."""
    return tuple(phase_form(phase) for phase in Phase)
