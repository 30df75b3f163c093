"""The Kreis's layer of the catalogue: edited as a draft, published as signed packs of rising versions."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.casework.layers import lay, others_for, renewed
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.differences import DocumentDifference, differences
from kimdesk.catalogue.fitting import demand_fitting
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.domain import dates, media
from kimdesk.domain.characters import tidied, tidy
from kimdesk.domain.errors import BundleError, ContentError, StoreError
from kimdesk.kreis.enrolled.roster import present_trust
from kimdesk.kreis.findings import packs_in_use
from kimdesk.kreis.stock.editions import edition
from kimdesk.store.columns import moment_text
from kimdesk.store.layers import stored_layers
from kimdesk.store.settings import drop_setting, get_setting, set_setting
from kimdesk.store.work import Reader, Writer
from kimdesk.sync import packs
from kimdesk.sync.packs import Pack
from kimdesk.sync.sealing.file_names import file_stem

EXPIRES: Final = timedelta(days=90)
"""After which time desks say that a newer pack should be there."""
_PLAUSIBLE: Final = 100
_DRAFT: Final = "kreis.catalogue_draft"
_PUBLISHED: Final = "kreis.catalogue_packs"

Documents = dict[str, dict[str, Any]]


class LayerDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The documents as somebody is editing them; ``by`` and ``at`` (ISO 8601, UTC) of the last change."""

    documents: Documents
    by: str = ""
    at: str = ""

    @property
    def begun(self) -> bool:
        """Return whether it is more than what is published."""
        return bool(self.at)


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was published; ``file`` is what desks take."""

    version: int
    issued: str
    valid_from: date
    not_after: date
    note: str
    by: str
    file: bytes


@dataclass(frozen=True, slots=True)
class Check:
    """What publishing the draft would mean: the layer as it would be, and what would become otherwise."""

    layer: Layer
    catalogue: Catalogue
    differences: tuple[DocumentDifference, ...]


def draft(desk: Desk) -> LayerDraft:
    """Return what is being edited: what is published until somebody begins. Raises BundleError E806."""
    _must_be_a_kreis(desk)
    with desk.reading() as reader:
        return _draft(reader)


def save_draft(desk: Desk, documents: Documents) -> LayerDraft:
    """Keep ``documents``, by their path, instead of those edited so far; they need not fit yet.

    Raises BundleError E806, ContentError E708 for a text that cannot be stored.
    """
    _must_be_a_kreis(desk)
    plain: Documents = msgspec.to_builtins(tidied(documents))
    saved = LayerDraft(documents=plain, by=desk.actor, at=dates.now().isoformat())
    with desk.writing() as writer:
        set_setting(writer, _DRAFT, msgspec.json.encode(saved).decode())
    return saved


def drop_draft(desk: Desk) -> None:
    """Go back to what is published."""
    with desk.writing() as writer:
        drop_setting(writer, _DRAFT)


def check(desk: Desk, documents: Documents, valid_from: date | None = None) -> Check:
    """Return what publishing ``documents`` would mean; nothing is changed.

    Raises ContentError E740 to E744 when they do not fit, with the place.
    """
    with desk.reading() as reader:
        layers = stored_layers(reader)
    new = _layer(desk, layers, documents, valid_from or dates.today(), _seen(desk))
    whole = demand_fitting(others_for(layers, new), new)
    return Check(new, whole, tuple(differences(_newest(layers), new.documents)))


def publish(
    desk: Desk,
    documents: Documents | None = None,
    *,
    valid_from: date | None = None,
    not_after: date | None = None,
    note: str = "",
    folder: Path | None = None,
    now: datetime | None = None,
) -> Published:
    """Publish ``documents``, else the draft, else what is published once more, as a pack.

    The Kreis works with it too. It takes effect on ``valid_from`` (today when None) and should be followed by
    another before ``not_after`` (90 days later when None). Its file lies whole in ``folder`` before it
    counts, and gets its name afterwards: whatever happens in between, no desk sees a pack that the Kreis does
    not know of. Raises StoreError E920 to E923 for the medium, BundleError E806, E601 and E604 (too large),
    ContentError E740 to E744: nothing is changed then. StoreError E756: it is published, and its
    file could not get its name (``write_again``).
    """
    _must_be_a_kreis(desk)
    day, moment = valid_from or dates.today(), now or dates.now()
    trusted, seen = present_trust(desk, now), _seen(desk)
    with ExitStack() as naming:
        with desk.writing() as writer:
            given = _draft(writer).documents if documents is None else tidied(documents)
            layer = _layer(desk, stored_layers(writer), given, day, seen)
            lay(writer, layer)
            pack = _pack(layer, moment, not_after or max(day, dates.today()) + EXPIRES, note)
            made = _kept(writer, pack, packs.write(pack, trusted.publisher, keys=trusted.ring.statement))
            if documents is None:
                drop_setting(writer, _DRAFT)
            writer.record("pack_published", "vault", desk.vault.header.vault_id)
            if folder is not None:
                naming.enter_context(media.laid(folder / file_name(desk, made), made.file))
        renewed(desk)
        _name(naming, made)
    return made


def write_again(desk: Desk, folder: Path) -> Published:
    """Write the pack that was published last into ``folder`` once more, the same bytes.

    Raises BundleError E806, ContentError E757 before anything was published, StoreError E920 to E923.
    """
    _must_be_a_kreis(desk)
    known = published(desk)
    if not known:
        raise ContentError("E757")
    media.write(folder / file_name(desk, known[-1]), known[-1].file)
    return known[-1]


def file_name(desk: Desk, made: Published) -> str:
    """Return the name of the file a pack is handed out as."""
    return f"{file_stem('S', desk.name, 1, made.version)}{packs.SUFFIX}"


def published(desk: Desk) -> tuple[Published, ...]:
    """Return every pack that was published, the oldest first."""
    with desk.reading() as reader:
        return _published(reader)


def _kept(writer: Writer, pack: Pack, file: bytes) -> Published:
    made = Published(
        version=pack.version, issued=pack.issued, valid_from=pack.first_day, not_after=pack.last_day,
        note=pack.note, by=writer.actor, file=file,
    )  # fmt: skip
    set_setting(writer, _PUBLISHED, msgspec.json.encode((*_published(writer), made)).decode())
    return made


def _name(naming: ExitStack, made: Published) -> None:
    """Give the file its name: the pack counts already."""
    try:
        naming.close()
    except StoreError:
        raise StoreError("E756", version=made.version) from None


def _pack(layer: Layer, moment: datetime, not_after: date, note: str) -> Pack:
    return Pack(
        needs=".".join(map(str, packs.KNOWS)),
        kreis_name=layer.name,
        version=layer.version,
        issued=moment_text(moment),
        valid_from=layer.valid_from.isoformat(),
        not_after=not_after.isoformat(),
        note=tidy(note).strip(),
        documents=layer.documents,
    )


def _layer(desk: Desk, layers: tuple[Layer, ...], documents: Documents, day: date, seen: int) -> Layer:
    """Return the layer that follows; ``seen``: the highest version any desk says it has.

    It is higher than ours after a backup was restored here. What a desk says is believed within reason only.
    """
    last = max((one.version for one in layers if one.origin is Origin.KREIS), default=0)
    version = max(last, min(seen, last + _PLAUSIBLE)) + 1
    found = edition(documents, layers, day)
    return Layer(name=tidy(desk.name), origin=Origin.KREIS, version=version, valid_from=day, documents=found)


def _seen(desk: Desk) -> int:
    return max(packs_in_use(desk).values(), default=0)


def _newest(layers: tuple[Layer, ...]) -> Documents:
    return next((one.documents for one in reversed(layers) if one.origin is Origin.KREIS), {})


def _draft(reader: Reader) -> LayerDraft:
    if (found := get_setting(reader, _DRAFT)) is not None:
        return msgspec.json.decode(found, type=LayerDraft)
    return LayerDraft(documents=_newest(stored_layers(reader)))


def _published(reader: Reader) -> tuple[Published, ...]:
    found = get_setting(reader, _PUBLISHED)
    return msgspec.json.decode(found, type=tuple[Published, ...]) if found else ()


def _must_be_a_kreis(desk: Desk) -> None:
    if desk.role != "kreis":
        raise BundleError("E806")
