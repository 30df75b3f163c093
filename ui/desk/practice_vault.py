"""The practice vault the first steps make: where it lies, and the passphrase everyone may know."""

from pathlib import Path

from ui.program.preferences import data_folder

FOLDER = "Uebungsgemeinde"
OPEN_SECRET = "uebung macht alle sicher und gelassen"  # noqa: S105 - invented families only


def is_ours(folder: Path) -> bool:
    """Return whether the vault in ``folder`` was made by the first steps for practice."""
    return folder.parent == data_folder() and folder.name.startswith(FOLDER)
