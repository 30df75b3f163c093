"""What a form is: ordered sections of ordered fields, as frozen values.

Answers are JSON-able and keyed by section::

    {section: {field: value}}             a plain section
    {section: [{field: value}, …]}        repeat = "list"
    {section: {code: {field: value}, …}}  repeat = "each", one entry per code of ``over``
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from kimdesk.domain.terms import Phase
from kimdesk.forms.codes import CodeList


class FieldType(StrEnum):
    """The closed set of field types, with the answer each of them takes."""

    TEXT = "text"  # one line
    LONG_TEXT = "long_text"
    TEXTS = "texts"  # several short texts, shown as chips: ["…", …]
    DATE = "date"  # "2026-11-30"
    PARTIAL_DATE = "partial_date"  # "2026", "2026-11" or "2026-11-30"
    TIME = "time"  # "09:30"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"  # a code of ``choices``
    CHOICES = "choices"  # several codes of ``choices``
    SCALE = "scale"  # an integer whose text is a code of ``choices``
    LANGUAGES = "languages"  # [{"language": "ckb", "level": "B1", "interpreter": true}, …]
    STEPS = "steps"  # [{"text": "…", "by": "client", "due_on": "2026-11-30", "done_on": null}, …]
    DAYS = "days"  # [{"starts_on": "2026-11-30", "ends_on": null, "text": "…"}, …], each on one day
    SPANS = "spans"  # the same, each with a first and a last day
    TRANSLATIONS = (
        "translations"  # [{"language": "ara", "text": "…", "of": "…", "by": "…", "made_on": "2026-11-30"}]
    )
    PERSON = "person"  # the id of a person of this case
    LINK = "link"  # the id of a ``record`` of this case
    LINKS = "links"  # several ids of a ``record`` of this case
    SERVICE = "service"  # the code of a service in the catalogue, or "ki"
    MUNICIPALITY = "municipality"  # an AGS, 8 digits
    RECORDS = "records"  # the typed ``record``s of the case, edited in place; holds no answer itself


class Width(StrEnum):
    """How much of a row a field asks for."""

    FULL = "full"
    HALF = "half"
    THIRD = "third"
    QUARTER = "quarter"


class Repeat(StrEnum):
    """How often a section is answered."""

    ONCE = "once"
    LIST = "list"
    EACH = "each"


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Shown only if an earlier field is answered, or answered with one of ``among``.

    ``field`` is an earlier field of the same section, ``section.field`` of an earlier plain section,
    or, in a section that repeats over a code list, the name of that list: the entry's own code.
    """

    field: str
    among: tuple[str | int | bool, ...] = msgspec.field(name="in", default=())
    answered: bool | None = None


class ChoicesBy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another code list for a choice, by the answer to an earlier field of the section."""

    field: str
    lists: dict[str, str]


TEMPLATE: Final = "template"


class Fits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which paragraph of a law fits to the answer to an earlier choice of the section.

    ``only`` names for an answer the paragraphs that may stand beside it, ``never`` those that may not.
    """

    field: str
    only: dict[str, tuple[str, ...]] = {}
    never: dict[str, tuple[str, ...]] = {}


class Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question. ``min`` and ``max`` bound an integer, or the number of ``records``.

    ``task`` says as a phrase with a verb what is to be done while a required answer is missing.
    ``fact`` names the field of the client that the answer stands for (``forms.facts``): it lives there.
    ``not_before`` names a date of the section before which this one may not lie, ``fits`` what a paragraph
    must fit to.
    ``unless`` names a yes-or-no of the section that makes a required answer needless: what was not talked
    about is no gap, and no number.
    ``proposal`` names what works the answer out from the others of its entry (``notice_deadline``); for steps
    it can be ``TEMPLATE``: they are proposed to others, and nobody has done them or until when.
    """

    id: str
    type: FieldType
    label: str
    task: str = ""
    help: str = ""
    required: bool = False
    width: Width = Width.FULL
    choices: str = ""
    choices_by: ChoicesBy | None = None
    record: str = ""
    min: int | None = None
    max: int | None = None
    proposal: str = ""
    fact: str = ""
    not_before: str = ""
    unless: str = ""
    fits: Fits | None = None
    visible_when: Condition | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of fields. ``entry`` is the German word for one entry of a list („Bescheid“).

    ``task`` says as a phrase with a verb what is to be done while entries are missing. A section with a
    ``use`` is shown when something of it is answered, or when somebody asks for it by these words.
    """

    id: str
    title: str
    task: str = ""
    help: str = ""
    use: str = ""
    repeat: Repeat = Repeat.ONCE
    over: str = ""
    entry: str = ""
    min: int = 0
    max: int = 200
    visible_when: Condition | None = None
    fields: tuple[Field, ...] = msgspec.field(name="field")

    def field(self, field_id: str) -> Field | None:
        """Return the field ``field_id``, or None."""
        return next((field for field in self.fields if field.id == field_id), None)


class FormSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form as it stands in its file. Either a phase's form or the form of a typed ``record``.

    ``asks`` and ``edits`` are what its dialog says for a new record and for one that is there.
    """

    name: str = msgspec.field(name="form")
    version: int
    title: str
    valid_from: date
    source: str
    checked: bool = True  # False: legal hints not yet compared with the statute („ungeprüft“)
    phase: Phase | None = None
    record: str = ""
    asks: str = ""
    edits: str = ""
    sections: tuple[Section, ...] = msgspec.field(name="section")

    def section(self, section_id: str) -> Section | None:
        """Return the section ``section_id``, or None."""
        return next((section for section in self.sections if section.id == section_id), None)


class FormDefinition(FormSheet, frozen=True, kw_only=True):
    """A form in one of its versions, with the code lists its fields choose from (by name)."""

    lists: Mapping[str, CodeList]

    def codes(self, name: str) -> CodeList:
        """Return the code list ``name`` of those that the form names. Raises KeyError for another."""
        return self.lists[name]
