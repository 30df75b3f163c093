"""Recovery sheets as files, where the user wants them; knows no Qt."""

from pathlib import Path


def sheet_pdf(folder: Path, codes: tuple[str, ...], number: int) -> bytes:
    """Return sheet ``number`` (from 1) of the vault in ``folder`` as PDF.

    One code is that of a whole sheet; three are those of the sheets of which two are needed.
    """
    from kimdesk.documents import recovery_sheet, split_sheet
    from kimdesk.vault import read_header

    header = read_header(folder)
    code, name, identity = codes[number - 1], header.name, header.vault_id
    if len(codes) == 1:
        return recovery_sheet(code, vault_name=name, vault_id=identity, practice=header.practice)
    return split_sheet(code, number, vault_name=name, vault_id=identity, practice=header.practice)


def sheet_name(codes: tuple[str, ...], number: int) -> str:
    """Return what the file of sheet ``number`` is called unless the user says otherwise."""
    part = f"-{number}-von-{len(codes)}" if len(codes) > 1 else ""
    return f"KIMdesk-Wiederherstellungsblatt{part}.pdf"


def saved(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` and return it. Raises StoreError E901, E902 or E904."""
    from kimdesk.domain.files import write_atomically
    from kimdesk.vault.failures import understood

    with understood():
        write_atomically(path, content)
    return path
