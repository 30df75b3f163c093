"""The practice vaults the first steps make: where they lie, and the passphrase everyone may know."""

from pathlib import Path

from kimdesk.texts import say
from ui.kit.text import Text
from ui.program.preferences import data_folder

FOLDER, KREIS_FOLDER = "Uebungsgemeinde", "Uebungskreis"
OPEN_SECRET = "uebung macht alle sicher und gelassen"  # noqa: S105 - invented families only


def is_ours(folder: Path) -> bool:
    """Return whether the vault in ``folder`` was made by the first steps for practice."""
    return folder.parent == data_folder() and folder.name.startswith((FOLDER, KREIS_FOLDER))


def open_secret() -> Text:
    """Return the line that says the passphrase everyone may know."""
    line = Text(say("unlock.passphrase_practice_town_words", words=OPEN_SECRET), "table", "text-2")
    line.setObjectName("open_secret")
    return line
