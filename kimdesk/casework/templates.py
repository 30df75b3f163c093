"""The templates of free letters a desk works with: its own, and those of the catalogue."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.catalogue import templates
from kimdesk.catalogue.templates import About, Template
from kimdesk.domain.characters import tidy
from kimdesk.domain.collation import word_key
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.identity import new_id
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader

GONE: Final = "E823"
_KEY: Final = "letter_templates"
_OWN: Final = "own_"


@dataclass(frozen=True, slots=True)
class KnownTemplate:
    """A template, and whether this desk wrote it itself and may change it."""

    template: Template
    own: bool


def every(desk: Desk, about: About | None = None, on: date | None = None) -> tuple[KnownTemplate, ...]:
    """Return the templates of the desk and of its catalogue on the day ``on`` (today when None), by title."""
    with desk.reading() as reader:
        own = [KnownTemplate(each, own=True) for each in _kept(reader)]
    known = [
        *own,
        *(KnownTemplate(each, own=False) for each in templates.shared(desk.catalogue, on or today())),
    ]
    wanted = (each for each in known if about in (None, each.template.about))
    return tuple(sorted(wanted, key=lambda each: (word_key(each.template.title), each.template.code)))


def find(desk: Desk, code: str, on: date | None = None) -> Template:
    """Return the template ``code``. Raises CaseworkError E823 when there is none."""
    found = next((each.template for each in every(desk, on=on) if each.template.code == code), None)
    if found is None:
        raise CaseworkError(GONE)
    return found


def keep(desk: Desk, template: Template) -> Template:
    """Keep a template of this desk, a new one when it has no code, and return it in its next version.

    Raises ContentError as ``catalogue.templates.letter_of``, E708 for a text that no desk stores,
    CaseworkError E823 when it is gone meanwhile or is one of the catalogue.
    """
    wanted = msgspec.structs.replace(
        template,
        title=tidy(template.title).strip(),
        subject=tidy(template.subject).strip(),
        body=tidy(template.body).strip(),
    )
    templates.letter_of(wanted)
    with desk.writing() as writer:
        kept = {each.code: each for each in _kept(writer)}
        if wanted.code and wanted.code not in kept:
            raise CaseworkError(GONE)
        version = kept[wanted.code].version + 1 if wanted.code else 1
        code = wanted.code or f"{_OWN}{new_id()}"
        saved = msgspec.structs.replace(wanted, code=code, version=version, valid_from=today())
        kept[code] = saved
        set_setting(writer, _KEY, msgspec.json.encode(list(kept.values())).decode())
    return saved


def drop(desk: Desk, code: str) -> Template:
    """Take a template of this desk away and return it. Raises CaseworkError E823 when it has none such."""
    with desk.writing() as writer:
        kept = {each.code: each for each in _kept(writer)}
        if code not in kept:
            raise CaseworkError(GONE)
        gone = kept.pop(code)
        set_setting(writer, _KEY, msgspec.json.encode(list(kept.values())).decode())
    return gone


def put_back(desk: Desk, gone: Template) -> None:
    """Keep again what ``drop`` took away, as it was."""
    with desk.writing() as writer:
        kept = [each for each in _kept(writer) if each.code != gone.code]
        set_setting(writer, _KEY, msgspec.json.encode([*kept, gone]).decode())


def _kept(reader: Reader) -> list[Template]:
    text = get_setting(reader, _KEY)
    return msgspec.json.decode(text, type=list[Template]) if text else []
