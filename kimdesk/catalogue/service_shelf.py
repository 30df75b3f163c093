"""The services of a catalogue, each in all its versions."""

from datetime import date
from functools import cached_property

from kimdesk.catalogue.known import Known
from kimdesk.catalogue.services import BASE, Base, Service, base, parse
from kimdesk.catalogue.stack import Stack, ended, name_of
from kimdesk.domain.collation import word_key
from kimdesk.domain.errors import ContentError


class ServiceShelf:
    """The services in a stack of documents, all read when the first is asked for."""

    def __init__(self, stack: Stack, known: Known) -> None:
        self._stack, self._known = stack, known

    def versions(self, code: str) -> tuple[Service, ...]:
        """Return the service ``code`` in all its versions, none for an unknown one."""
        return self._versions.get(code, ())

    def in_force(self, on: date) -> tuple[Service, ...]:
        """Return the services in force on the day ``on``, in the order they are shown."""
        place = {code: index for index, code in enumerate(self._base.order)}
        valid = [found for versions in self._versions.values() if (found := _newest(versions, on))]
        return tuple(sorted(valid, key=lambda one: (place.get(one.code, len(place)), word_key(one.name))))

    def find(self, code: str, version: int | None, on: date) -> Service:
        """Return the service ``code`` in ``version``; without one that of the day ``on``, else the newest.

        Raises ContentError E700 when there is none.
        """
        versions = self._versions.get(code, ())
        if not versions:
            raise ContentError("E700", name=f"services/{code}", place="code")
        if version is None:
            return _newest(versions, on) or versions[-1]
        exact = next((one for one in versions if one.version == version), None)
        if exact is None:
            raise ContentError("E700", name=f"services/{code}", place="version")
        return exact

    @cached_property
    def item_labels(self) -> dict[str, str]:
        """Return the labels of all checklist items by their code, the newest where they differ."""
        every = (one for versions in self._versions.values() for one in versions)
        return {item.code: item.label for one in every for item in one.items}

    @cached_property
    def _base(self) -> Base:
        return base(self._stack.table(BASE))

    @cached_property
    def _versions(self) -> dict[str, tuple[Service, ...]]:
        read: dict[tuple[str, int], Service] = {}
        for document in self._stack.folder("services"):
            if document.name != name_of(BASE):
                one = parse(document.table, document.name, self._base, self._known)
                read[one.code, one.version] = ended(one, document.until)
        found: dict[str, tuple[Service, ...]] = {}
        for (code, _), one in sorted(read.items()):
            found[code] = (*found.get(code, ()), one)
        return found


def _newest(versions: tuple[Service, ...], on: date) -> Service | None:
    return next((one for one in reversed(versions) if one.offered(on)), None)
