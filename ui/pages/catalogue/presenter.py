"""The draft of the Kreis's layer: read, kept, checked, published, dropped; all in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.domain.records import CaseFile
    from kimdesk.kreis.stock.publishing import Check, LayerDraft, Published

_INVENTED, _EXAMPLES = 8, 5

Documents = dict[str, dict[str, Any]]
Refused = Callable[[Explanation], None]


@dataclass(frozen=True, slots=True)
class DraftModel:
    """What the page shows: the draft, what was published last, and by name which desk has which version."""

    draft: "LayerDraft"
    last: "Published | None"
    in_use: tuple[tuple[str, int], ...]


class CataloguePresenter:
    """Calls ``kimdesk.kreis.stock.publishing``."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read(self, owner: Owner, done: Callable[[DraftModel], None]) -> None:
        """Read where the draft stands."""
        desk = self._context.desk

        def read() -> DraftModel:
            from kimdesk.kreis import desks, findings
            from kimdesk.kreis.stock import publishing

            published, used = publishing.published(desk), findings.packs_in_use(desk)
            versions = tuple((each.name, used.get(each.id, 0)) for each in desks(desk))
            return DraftModel(publishing.draft(desk), published[-1] if published else None, versions)

        self._context.work.read(owner, read, done)

    def examples(self, owner: Owner, done: "Callable[[tuple[CaseFile, ...]], None]") -> None:
        """Invent the households that show how a document looks."""

        def read() -> "tuple[CaseFile, ...]":
            from kimdesk.practice.town import cases

            return tuple(one for one in cases(_INVENTED, 1) if one.persons)[:_EXAMPLES]

        self._context.work.read(owner, read, done)

    def keep(self, owner: Owner, documents: Documents, done: Callable[[Any], None]) -> None:
        """Keep the draft as it is now."""
        desk = self._context.desk

        def write() -> object:
            from kimdesk.kreis.stock import publishing

            return publishing.save_draft(desk, documents)

        self._context.work.write(owner, write, done)

    def check(
        self, owner: Owner, documents: Documents, done: "Callable[[Check], None]", refused: Refused
    ) -> None:
        """Find out what publishing ``documents`` would mean."""
        desk = self._context.desk

        def read() -> "Check":
            from kimdesk.kreis.stock import publishing

            return publishing.check(desk, documents)

        self._context.work.read(owner, read, done, refused)

    def drop(self, owner: Owner, done: Callable[[Any], None]) -> None:
        """Go back to what is published."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk.kreis.stock import publishing

            publishing.drop_draft(desk)

        self._context.work.write(owner, write, done)

    def publish(
        self, owner: Owner, folder: Path, day: date, note: str, done: "Callable[[Published], None]",
        refused: Refused,
    ) -> None:  # fmt: skip
        """Publish the draft and write it into ``folder``; a medium that fails changes nothing."""
        desk = self._context.desk

        def write() -> "Published":
            from kimdesk.kreis.stock import publishing

            return publishing.publish(desk, valid_from=day, note=note, folder=folder)

        self._context.work.write(owner, write, done, refused)

    def write_again(
        self, owner: Owner, folder: Path, done: "Callable[[Published], None]", refused: Refused
    ) -> None:
        """Write the pack that was published last into ``folder`` once more."""
        desk = self._context.desk

        def read() -> "Published":
            from kimdesk.kreis.stock import publishing

            return publishing.write_again(desk, folder)

        self._context.work.write(owner, read, done, refused)
