"""The address of a server: ``postgresql+psycopg://ROLE:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full``.

Only what is understood here reaches libpq, and whatever could lead elsewhere or take the encryption away is
said outright, so that no setting of the machine (PGHOSTADDR, PGSSLMODE …) takes its place.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from kimdesk.domain.errors import StoreError

SCHEME: Final = "postgresql+psycopg"
PORT: Final = 5432
_STRICT: Final = "verify-full"
_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", _STRICT)
_FILES: Final[tuple[str, ...]] = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
_SOCKET: Final = ("host", "port")
_NAME: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", re.ASCII)
_WHERE: Final = re.compile(r"/[^,\s]*")
_LONGEST_NAME: Final = 63  # NAMEDATALEN - 1, in bytes
_PORTS: Final = range(1, 65_536)


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server is and how it is spoken to.

    ``host``: a name, an address of the network, or the folder of a socket; ``mode`` is libpq's sslmode,
    ``files`` its files for TLS. The text of it tells the password and is kept in a vault only.
    """

    host: str
    port: int
    database: str
    role: str
    mode: str
    text: str = field(repr=False)
    password: str = field(default="", repr=False)
    files: Mapping[str, str] = field(default_factory=dict, repr=False)

    def open_parameters(self) -> dict[str, str]:
        """Return libpq's parameters but the password; none is left to what the machine has set."""
        named = {"host": self.host, "hostaddr": "", "port": str(self.port), "dbname": self.database}
        safe = {"sslmode": self.mode, "gssencmode": "disable"}  # GSS would take the place of TLS
        return {**named, **({"user": self.role} if self.role else {}), **safe, **self.files}

    def parameters(self) -> dict[str, str]:
        """Return all of libpq's parameters."""
        return {**self.open_parameters(), **({"password": self.password} if self.password else {})}


def read_address(text: str) -> ServerAddress:
    """Return what an address says.

    Raises StoreError E960 for one that cannot be read, E961 for another database or driver, E962 without
    host or database, E963 for a connection to another machine that need not be verified, E964 for an option
    that is not known here, stands twice or could lead elsewhere. None of them tells any of it.
    """
    parts = _parts(text)
    options = _options(parts.query)
    host, port = _place(parts, options)
    database = unquote(parts.path.removeprefix("/"))
    if not host or not database:
        raise StoreError("E962")
    role, password = unquote(parts.username or ""), unquote(parts.password or "")
    _demand_plain(database, role)
    _demand_text(password)
    mode = _mode(host, options.get("sslmode"))
    files = {name: options[name] for name in _FILES if name in options}
    return ServerAddress(host, port, database, role, mode, text, password, files)


def is_this_machine(host: str) -> bool:
    """Return whether what goes to ``host`` never leaves the machine."""
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parts(text: str) -> SplitResult:
    if not text or not text.isprintable() or " " in text:
        raise StoreError("E960")
    if not text.startswith(f"{SCHEME}://"):
        raise StoreError("E961" if "://" in text else "E960")
    try:
        parts = urlsplit(text)
        _ = parts.port, parts.hostname
    except ValueError:
        raise StoreError("E960") from None
    if "#" in text or "/" in parts.path[1:]:
        raise StoreError("E960")
    return parts


def _options(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError:
        raise StoreError("E960") from None
    options = dict(pairs)
    known = {*_SOCKET, *_FILES, "sslmode"}
    if len(options) < len(pairs) or not options.keys() <= known or not all(options.values()):
        raise StoreError("E964")
    for each in options.values():
        _demand_text(each)
    return options


def _place(parts: SplitResult, options: Mapping[str, str]) -> tuple[str, int]:
    """Return host and port: of the address itself, or of a socket named in its options, never of both."""
    if not parts.hostname:
        folder = options.get("host", "")
        if folder and not _WHERE.fullmatch(folder):
            raise StoreError("E964")
        return folder, _port(options.get("port", str(PORT)))
    if any(name in options for name in _SOCKET):
        raise StoreError("E964")
    return _host(parts.hostname), PORT if parts.port is None else _port(str(parts.port))


def _port(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and int(said) in _PORTS):
        raise StoreError("E960")
    return int(said)


def _host(said: str) -> str:
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        if not _NAME.fullmatch(said):
            raise StoreError("E960") from None
    return said


def _demand_plain(*names: str) -> None:
    for each in names:
        _demand_text(each)
        if len(each.encode()) > _LONGEST_NAME:
            raise StoreError("E960")


def _demand_text(value: str) -> None:
    if not value.isprintable() or "\ufffd" in value:
        raise StoreError("E960")


def _mode(host: str, said: str | None) -> str:
    if said is not None and said not in _MODES:
        raise StoreError("E964")
    if is_this_machine(host):
        return said or "prefer"
    if said not in (None, _STRICT):
        raise StoreError("E963")
    return _STRICT
