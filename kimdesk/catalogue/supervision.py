"""The authority that watches over data protection, as a document with a source."""

from datetime import date
from typing import Final

import msgspec

from kimdesk.catalogue.stack import Stack
from kimdesk.forms.shape import shaped

PATH: Final = "documents/supervisory_authority.toml"


class SupervisoryAuthority(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom one can complain to (Art. 77 DSGVO)."""

    name: str
    address: tuple[str, ...]
    phone: str
    email: str
    source: str
    valid_from: date
    checked: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """Return how to reach it."""
        return (self.name, *self.address, self.phone, self.email)


def supervisory_authority(stack: Stack) -> SupervisoryAuthority:
    """Return the authority. Raises ContentError E700 when the document is broken."""
    return shaped(stack.table(PATH), SupervisoryAuthority, PATH)
