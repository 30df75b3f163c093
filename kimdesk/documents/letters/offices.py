"""Who a letter goes to: the office a referral or a notice names, its address here, its file number."""

from collections.abc import Iterator
from dataclasses import dataclass

from kimdesk.casework.local_offices import LocalOffice, known_office
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.services import Service
from kimdesk.domain.records import CaseFile
from kimdesk.store.folding import fold
from kimdesk.store.work import Reader
from kimdesk.texts.bidi import isolated


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office: its name, somebody there, lines of its address, its file number of this case."""

    name: str
    person: str = ""
    address: tuple[str, ...] = ()
    sign: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return its address as it stands on a letter, each line in its own direction."""
        return tuple(isolated(line) for line in (self.name, self.person, *self.address) if line.strip())


def of_service(
    reader: Reader, catalogue: Catalogue, file: CaseFile, service: Service, agency: str = "", person: str = ""
) -> Office:
    """Return the office for ``service`` where the client lives; ``agency`` is what the case calls it.

    The address that the desk noted is that of the office it noted, and of no other.
    """
    noted = known_office(reader, catalogue, service.code, file.case.ags).noted or LocalOffice()
    name = agency or noted.name or service.name
    same = not agency or fold(agency) in (fold(noted.name), fold(service.name))
    address = _lines(noted.address) if same else ()
    return Office(name=name, person=person, address=address, sign=sign(file, name, service.regime))


def named(reader: Reader, catalogue: Catalogue, file: CaseFile, agency: str, sign_: str = "") -> Office:
    """Return the office called ``agency``, with the address of the one that the desk noted by that name."""
    wanted = fold(agency)
    for service in catalogue.services():
        noted = known_office(reader, catalogue, service.code, file.case.ags).noted
        if noted and wanted in (fold(noted.name), fold(service.name)):
            return Office(
                name=noted.name or agency, address=_lines(noted.address), sign=sign_ or sign(file, agency)
            )
    return Office(name=agency, sign=sign_ or sign(file, agency))


def sign(file: CaseFile, agency: str, regime: str = "") -> str:
    """Return the file number that ``agency`` gave, as far as the case holds one and only one."""
    found = dict.fromkeys(filter(None, _signs(file, fold(agency), regime)))
    return next(iter(found)) if len(found) == 1 else ""


def _signs(file: CaseFile, agency: str, regime: str) -> Iterator[str]:
    for measure in file.measures:
        if measure.agency and fold(measure.agency) == agency:
            yield measure.agency_file_number
    for spell in file.regimes:
        if (spell.agency and fold(spell.agency) == agency) or (regime and spell.regime == regime):
            yield spell.agency_file_number


def _lines(address: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in address.replace(", ", "\n").splitlines() if line.strip())
