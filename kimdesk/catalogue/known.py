"""What a document of the catalogue may name of the others."""

from typing import Protocol

from kimdesk.catalogue.rules import Rules
from kimdesk.forms.codes import CodeList


class Lists(Protocol):
    """The code lists of a catalogue."""

    def code_list(self, name: str) -> CodeList:
        """Return the code list ``name``. Raises ContentError E700 when it is missing or broken."""
        ...


class Known(Lists, Protocol):
    """Code lists, services and rules."""

    @property
    def rules(self) -> Rules:
        """Return its rules."""
        ...

    def service(self, code: str) -> object:
        """Return the service ``code``. Raises ContentError E700 when there is none."""
        ...
