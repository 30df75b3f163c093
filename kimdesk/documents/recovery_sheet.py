"""The recovery sheet, whole or as one of three: the code on paper, and how to keep and use it."""

from datetime import date

import resources
from kimdesk.documents.sheet_page import sheet_page
from kimdesk.domain.dates import today as calendar_day
from kimdesk.texts import dates

_WHOLE = "documents/recovery_sheet.toml"
_SPLIT = "documents/split_sheet.toml"


def recovery_sheet(
    code: str, *, vault_name: str, vault_id: str, practice: bool = False, today: date | None = None
) -> bytes:
    """Return the sheet as PDF; ``code`` in groups parted by hyphens, as ``vault.create`` gives it."""
    texts = resources.read_toml(_WHOLE)
    made = dates.full(today or calendar_day())
    facts = ((texts["vault"], vault_name), (texts["made"], made), (texts["identity"], vault_id))
    return sheet_page(texts, code, facts, practice=practice)


def split_sheet(
    code: str, number: int, *, vault_name: str, vault_id: str, practice: bool = False,
    today: date | None = None,
) -> bytes:  # fmt: skip
    """Return sheet ``number`` (1 to 3) of three as PDF; ``code`` as ``vault.split_recovery`` gives it.

    Its set, which must be the same on two sheets that are used together, is the first group of the code.
    """
    texts = resources.read_toml(_SPLIT)
    texts = texts | {key: texts[key].format(number=number) for key in ("title", "code")}
    facts = (
        (texts["vault"], vault_name),
        (texts["made"], dates.full(today or calendar_day())),
        (texts["identity"], vault_id),
        (texts["set"], code.partition("-")[0]),
        (texts["keeper"], ""),
    )
    return sheet_page(texts, code, facts, practice=practice)
