"""A small form with every kind of section and condition, and a way to write variants of it."""

import tomllib
from pathlib import Path
from typing import Any

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.definition import FormDefinition
from kimdesk.forms.load import parse


def table() -> dict[str, Any]:
    """Return the sample as a fresh table that a test may change."""
    return tomllib.loads(Path(__file__).with_name("sample.toml").read_text(encoding="utf-8"))


def sample() -> FormDefinition:
    """Return the sample as a form."""
    return parse(table(), "sample", SHIPPED.code_list)
