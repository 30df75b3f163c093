"""A desk: an open vault at work, who works on it, and where."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from kimdesk import vault as vaults
from kimdesk.casework import custody, waiting
from kimdesk.casework.checklists import current
from kimdesk.casework.events import Changed, Listener, Notices
from kimdesk.casework.migration import bring_up_to_date
from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.layers import Layer, next_change
from kimdesk.domain import municipality
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError, KimdeskError, StoreError
from kimdesk.store.layers import stored_layers
from kimdesk.store.revisions import take_new_mark
from kimdesk.store.settings import drop_setting, get_settings, set_setting
from kimdesk.store.work import Reader, Writer, reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["Changed", "Desk"]

_MUNICIPALITIES = "municipalities"
_SERVER = "kreis.server"


class Desk:
    """An open vault. Every use case takes one; close it to lock the vault.

    ``server`` is the database that holds the registry of a Kreis, None where the vault itself does.
    """

    def __init__(self, vault: vaults.Vault) -> None:
        self.vault = vault
        self.name = vault.header.name
        self.role = vault.header.role
        self.actor = vault.user
        self.practice = vault.header.practice
        self._catalogue: Catalogue = SHIPPED
        self._catalogue_until: date | None = None
        self._layers: tuple[Layer, ...] = ()
        self._rules: tuple[Catalogue, AgendaRules] | None = None
        self.left_out: tuple[ContentError, ...] = ()
        self.server: Engine | None = None
        self._notices = Notices()
        bring_up_to_date(vault)
        with self.reading() as reader:
            known = get_settings(reader, _MUNICIPALITIES, _SERVER)
        self.municipalities = tuple(known.get(_MUNICIPALITIES, "").split())
        if _SERVER in known:
            self.server = _engine_on(known[_SERVER])
        self.read_catalogue()

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        name: str,
        user: str,
        municipalities: tuple[str, ...] = (),
        server: str = "",
        **making: Unpack[vaults.Making],
    ) -> tuple[Self, str]:
        """Make a vault and return the desk on it, with the recovery code; a failure leaves nothing behind.

        ``server``: the address of the database that holds the registry of a Kreis, "" where the vault does.
        Raises ContentError E729 for a municipality that is none, StoreError E965 for a server of a desk, and
        as ``demand_server`` and ``vault.create``.
        """
        places = municipality.checked(municipalities)
        if server:
            demand_server(server, making.get("role", "desk"))
        vault, code = vaults.create(folder, passphrase, name=name, user=user, **making)
        try:
            desk = cls.on(vault)
            desk.set_municipalities(places)
            if server:
                desk.set_server(server)
        except BaseException:
            vault.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return desk, code

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, accept_older: bool = False) -> Self:
        """Return the desk on the vault in ``folder``. Raises as ``vault.unlock``, and StoreError E908."""
        return cls.on(vaults.unlock(folder, passphrase, accept_older=accept_older), older=accept_older)

    @classmethod
    def unlock_with_recovery(cls, folder: Path, code: str, *, accept_older: bool = False) -> Self:
        """Return the desk opened by its recovery code. Raises as ``vault.unlock_with_recovery``."""
        opened = vaults.unlock_with_recovery(folder, code, accept_older=accept_older)
        return cls.on(opened, older=accept_older)

    @classmethod
    def on(cls, vault: vaults.Vault, *, older: bool = False) -> Self:
        """Return the desk on the open ``vault``, which is closed again when it is refused.

        ``older``: it may be an earlier state of itself; what is saved from now on must not pass for what was
        saved after that state. Raises StoreError E908 (of a newer KIMdesk), E913 (no copy before the change
        of its schema) or E914.
        """
        try:
            desk = cls(vault)
            if older:
                with desk.writing() as writer:
                    take_new_mark(writer)
        except BaseException:
            vault.close()
            raise
        return desk

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lock the vault, and record what waits if there is room by now. A second time does nothing."""
        if waiting.are_waiting(self.vault.header.vault_id):
            with suppress(KimdeskError, RuntimeError), self.writing():
                pass
        if self.server is not None:
            self.server.dispose()
        self.vault.close()

    @property
    def catalogue(self) -> Catalogue:
        """Return what is in force today; a layer begins and ends on its day, whoever works meanwhile."""
        if self._catalogue_until is not None and today() >= self._catalogue_until:
            self._lay()
        return self._catalogue

    @catalogue.setter
    def catalogue(self, other: Catalogue) -> None:
        self._catalogue, self._catalogue_until = other, None

    @property
    def rules(self) -> AgendaRules:
        """Return what decides when something is due in a case."""
        known = self.catalogue
        if self._rules is None or self._rules[0] is not known:
            self._rules = (known, _rules_of(known))
        return self._rules[1]

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each transaction that changed something; return what ends that.

        It is called in the thread that wrote.
        """
        return self._notices.subscribe(listener)

    def read_catalogue(self) -> None:
        """Work with the layers that are stored; ``left_out`` says which of them do not fit this program."""
        with self.reading() as reader:
            self._layers = stored_layers(reader)
        if self._layers:
            self._lay()

    def _lay(self) -> None:
        from kimdesk.catalogue.fitting import laid

        day = today()
        self._catalogue, self.left_out = laid(self._layers)
        self._catalogue_until = next_change(self._catalogue.layers, day)

    def set_municipalities(self, municipalities: tuple[str, ...]) -> None:
        """Keep which municipalities (AGS) this desk works for, the usual one first.

        Raises ContentError E729 for one that is none.
        """
        municipalities = municipality.checked(municipalities)
        with self.writing() as writer:
            set_setting(writer, _MUNICIPALITIES, " ".join(municipalities))
        self.municipalities = municipalities

    def set_server(self, address: str) -> None:
        """Keep in the vault where the registry of this Kreis stands; "" is in the vault itself.

        What stands there, or here, is not moved by it.
        """
        with self.writing() as writer:
            note_server(writer, address)
        self.use_server(address)

    def use_server(self, address: str) -> None:
        """Work with the registry at ``address``, as the vault says already; "" is in the vault itself."""
        if self.server is not None:
            self.server.dispose()
        self.server = _engine_on(address) if address else None

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Read in one transaction. Do not nest: the vault has one connection."""
        with reading(self.vault.engine) as reader:
            yield reader

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Write in one transaction, everything or nothing; listeners hear of it after the commit.

        Raises CaseworkError as ``custody.guard`` when somebody else is responsible for a case it changed.
        """
        vault_id = self.vault.header.vault_id
        with writing(self.vault.engine, self.actor, self.rules) as writer:
            recorded = waiting.record(vault_id, writer)
            yield writer
            custody.guard(writer)
        waiting.forget(vault_id, recorded)
        self._notices.tell(writer.touched, writer.cases)

    def announce(self, kind: str, identity: str = "") -> None:
        """Tell the listeners of a change, already stored, that no transaction of this desk has made."""
        self._notices.tell({(kind, identity)})


def server_address(reader: Reader) -> str:
    """Return where the registry of a Kreis stands, with the password; "" is in the vault itself."""
    return get_settings(reader, _SERVER).get(_SERVER, "")


def note_server(writer: Writer, address: str) -> None:
    """Keep where the registry of a Kreis stands; "" is in the vault itself. Raises as ``read_address``."""
    if address:
        _engine_on(address)
        set_setting(writer, _SERVER, address)
    else:
        drop_setting(writer, _SERVER)


def demand_server(address: str, role: str) -> None:
    """Ask the server at ``address`` whether it can hold the registry of a Kreis.

    Raises StoreError E965 for another role, as ``address.read_address`` and ``engine.demand_usable``.
    """
    from kimdesk.store.postgresql.engine import demand_usable

    if role != "kreis":
        raise StoreError("E965")
    engine = _engine_on(address)
    try:
        demand_usable(engine)
    finally:
        engine.dispose()


def _engine_on(address: str) -> "Engine":
    from kimdesk.store.postgresql.engine import build_engine

    return build_engine(address)


def _rules_of(catalogue: Catalogue) -> AgendaRules:
    """Return the rules of the agenda with the checklists of ``catalogue``, which its layers may change."""
    rules = catalogue.rules.agenda
    laid = repr([(one.origin, one.name, one.version) for one in catalogue.layers])
    digest = hashlib.sha256(laid.encode()).hexdigest()[:8] if catalogue.layers else ""
    return replace(rules, version=rules.version + digest, lists=partial(current, catalogue))
