"""From a table of a document to a frozen value, strictly."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from kimdesk.domain.errors import ContentError

T = TypeVar("T")


def shaped(table: Mapping[str, Any], shape: type[T], name: str) -> T:
    """Return ``table`` as ``shape``. Raises ContentError E700 with ``name`` and what does not fit."""
    try:
        return msgspec.convert(table, shape)
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=name, place=str(error)) from error
