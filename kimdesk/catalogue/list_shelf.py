"""The code lists of a catalogue: each list is what all layers say together."""

from datetime import date

from kimdesk.catalogue.stack import Shelf, Stack
from kimdesk.domain.errors import ContentError
from kimdesk.forms.codes import CodeList, merged, parse, with_retired


class ListShelf:
    """The code lists in a stack of documents, each read when it is first asked for."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._read: Shelf[str, CodeList] = Shelf(self._parse)

    def find(self, name: str) -> CodeList:
        """Return the code list ``name``. Raises ContentError E700 when it is missing or broken."""
        return self._read[name]

    def _parse(self, name: str) -> CodeList:
        path = f"codelists/{name}.toml"
        tables = self._stack.tables(path) if name.isidentifier() else []
        if not tables:
            raise ContentError("E700", name=name, place=path if name.isidentifier() else "name")
        found = merged([parse(table, name) for table in tables])
        for old in self._stack.old_tables(path):
            found = with_retired(found, parse(old.table, name), old.until or date.max)
        return found
