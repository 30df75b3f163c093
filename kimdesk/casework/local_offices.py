"""Who is responsible for a service where a client lives: what follows from the law, and what the desk noted.

What was noted once („Wer ist das hier?“) is kept for the desk by service and municipality; every later
referral, letter and paper of that municipality says it.
"""

from dataclasses import dataclass, replace

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.responsibility import Responsible, responsibilities, responsible
from kimdesk.domain.characters import tidy
from kimdesk.store.settings import drop_setting, get_setting, set_setting
from kimdesk.store.work import Reader

_KEY, _VARIES = "local_office", "varies"


class LocalOffice(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk knows of an office: its name, where it is, how it is reached."""

    name: str = ""
    address: str = ""
    phone: str = ""

    @property
    def is_blank(self) -> bool:
        """Return whether it says nothing."""
        return not any((self.name, self.address, self.phone))


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Whose it is: ``level`` in German („Kreis“), ``by_law`` what the place makes of it, ``noted`` here.

    ``to_ask``: it differs from place to place. ``placeless``: it depends on the place, and none is known.
    """

    level: str
    by_law: Responsible | None
    noted: LocalOffice | None = None
    to_ask: bool = False
    placeless: bool = False

    @property
    def name(self) -> str:
        """Return the name of the office that was noted, "" while none was."""
        return self.noted.name if self.noted else ""


def responsible_for(
    desk: Desk, service: str, municipality: str, version: int | None = None
) -> Responsibility:
    """Return who is responsible for ``service`` in the ``municipality`` (AGS, "" for none).

    Raises ContentError E700 when there is no such service.
    """
    with desk.reading() as reader:
        return known_office(reader, desk.catalogue, service, municipality, version)


def known_office(
    reader: Reader, catalogue: Catalogue, service: str, municipality: str, version: int | None = None
) -> Responsibility:
    """Return the same as ``responsible_for`` within a transaction."""
    kept = get_setting(reader, _key(service, municipality))
    noted = msgspec.json.decode(kept, type=LocalOffice) if kept else None
    return replace(responsible_by_law(catalogue, service, municipality, version), noted=noted)


def responsible_by_law(
    catalogue: Catalogue, service: str, municipality: str, version: int | None = None
) -> Responsibility:
    """Return what follows for the ``municipality`` alone. Raises ContentError E700 as ``responsible_for``."""
    sheet = catalogue.service(service, version)
    found = responsible(service, sheet.responsible, municipality)
    return Responsibility(
        level=sheet.responsible_label,
        by_law=found,
        to_ask=sheet.responsible == _VARIES or (found is not None and found.is_open),
        placeless=found is None and sheet.responsible in responsibilities().rule,
    )


def note_office(desk: Desk, service: str, municipality: str, office: LocalOffice) -> LocalOffice:
    """Note ``office`` for ``service`` in the ``municipality``; a blank one is forgotten. Returns it.

    Raises ContentError E700 when there is no such service, E708 for a text that no desk stores.
    """
    desk.catalogue.service(service)
    kept = LocalOffice(**{name: tidy(text).strip() for name, text in msgspec.structs.asdict(office).items()})
    key = _key(service, municipality)
    with desk.writing() as writer:
        if kept.is_blank:
            drop_setting(writer, key)
        else:
            set_setting(writer, key, msgspec.json.encode(kept).decode())
        writer.record("office_noted", "vault", key)
    return kept


def _key(service: str, municipality: str) -> str:
    return f"{_KEY}:{service}:{municipality}"
