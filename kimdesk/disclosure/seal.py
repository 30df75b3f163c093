"""What only ``disclosure.release`` sets under tables, once the auditor is content with them."""

from typing import Final


class Seal:
    """There is one: whoever has it not in hand can make no ``ProtectedTables``."""


SEAL: Final = Seal()
