"""The shape of every TOML file in ``resources/``: what reads it, strictly; for the first windows, which read
without msgspec, the shape stands here."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from kimdesk.catalogue import (
    agenda_rules,
    audit_groups,
    chains,
    client_words,
    deadline_rules,
    finding_rules,
    history_rules,
    item_words,
    letters,
    likeness_rules,
    network,
    never_ask,
    paper_words,
    person_columns,
    procedures,
    proof_rules,
    regime_changes,
    regime_rules,
    relation_rules,
    screening_rules,
    services,
    templates,
)
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.editing import Kinds
from kimdesk.catalogue.responsibility import Responsibilities
from kimdesk.catalogue.supervision import SupervisoryAuthority
from kimdesk.domain.needs.proofs import ProofRules
from kimdesk.forms import codes, load
from kimdesk.forms.definition import FormSheet
from kimdesk.indicators import breakdowns, definitions
from kimdesk.kreis.steering import templates as report_templates
from kimdesk.practice import library
from kimdesk.sync.leaving import policy

Table = Mapping[str, Any]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Colors = dict[str, Annotated[str, msgspec.Meta(pattern="^#[0-9A-F]{6}$")]]


class Municipalities(msgspec.Struct, forbid_unknown_fields=True):
    """Municipalities by their keys (AGS), and the Kreise by the first five digits."""

    state: date
    source: Text
    checked: bool
    kreis: dict[Annotated[str, msgspec.Meta(pattern="^05[0-9]{3}$")], Text]
    municipality: dict[Annotated[str, msgspec.Meta(pattern="^05[0-9]{6}$")], Text]


class Tokens(msgspec.Struct, forbid_unknown_fields=True):
    """The look: colours by name, and per use of text its size, line height and weight."""

    light: Colors
    dark: Colors
    type: dict[str, tuple[int, int, int]]


class Plural(msgspec.Struct, forbid_unknown_fields=True):
    """A text in its forms by number."""

    one: Text
    other: Text


class Hints(msgspec.Struct, forbid_unknown_fields=True):
    """What is said about a passphrase."""

    empty: Text
    words: Text
    score_0: Text
    score_1: Text
    score_2: Text
    score_3: Text
    score_4: Text


class Part(msgspec.Struct, forbid_unknown_fields=True):
    """One paragraph of a sheet."""

    title: Text
    lines: tuple[Text, ...]


class RecoverySheet(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The words of the recovery sheet."""

    title: Text
    lead: Text
    practice: Text
    vault: Text
    made: Text
    identity: Text
    code: Text
    reading: Text
    part: tuple[Part, ...]


class SplitSheet(RecoverySheet, kw_only=True, forbid_unknown_fields=True):
    """The words of one sheet of three."""

    set: Text
    keeper: Text


class UsualHead(msgspec.Struct, forbid_unknown_fields=True):
    """The letterhead of who set none."""

    unit: Text


class Refusal(msgspec.Struct, forbid_unknown_fields=True):
    """The sentence of a refusal."""

    message: Text
    hint: Text


class Cause(msgspec.Struct, forbid_unknown_fields=True):
    """What bars a vault: its refusal, and which errors of the system say so."""

    code: Annotated[str, msgspec.Meta(pattern="^E[0-9]{3}$")]
    what: Text
    errors: tuple[Annotated[str, msgspec.Meta(pattern="^E[A-Z]+$")], ...] = ()
    during: Literal["", "making"] = ""


class Causes(msgspec.Struct, forbid_unknown_fields=True):
    """Everything that can bar a vault."""

    cause: tuple[Cause, ...]


def name_of(path: str) -> str:
    """Return the name of a document."""
    return path.rpartition("/")[2].removesuffix(".toml")


class Drives(msgspec.Struct, forbid_unknown_fields=True):
    """Kinds of drives of one system."""

    local: list[str]
    network: list[str]


def as_shape(shape: Any) -> Callable[[Table, str], object]:
    """Return what reads a table as ``shape``."""
    return lambda table, _: msgspec.convert(table, shape)


def _service(table: Table, path: str) -> object:
    shared = services.base(SHIPPED_BASE) if path != services.BASE else None
    return services.parse(table, name_of(path), shared, SHIPPED) if shared else services.base(table)


def _practice(_: Table, path: str) -> object:
    return library.stories() if "/stories/" in path else PRACTICE[name_of(path)]()


def _procedures(table: Table, _: str) -> object:
    found = procedures.parse(table, {one.code for one in SHIPPED.rules.deadlines.every})
    named = {service for group in found.group for service in group.services} | found.private
    assert all(SHIPPED.versions(service) for service in named)
    assert all(code in SHIPPED.item_labels for code in found.on_health)
    return found


def _rules(read: Callable[[Table], object]) -> Callable[[Table, str], object]:
    return lambda table, _: read(table)


PRACTICE: dict[str, Callable[[], object]] = {
    "achieving": library.achieving,
    "cast": library.cast, "courses": library.courses, "domains": library.domains, "further": library.further,
    "goals": library.goals, "journeys": library.journeys, "kreis": library.kreis_plan,
    "measures": library.measures,
    "names": library.names, "places": library.kreis, "steps": library.small_steps, "talk": library.texts,
    "odds": library.odds, "translations": library.translations, "words": library.words,
}  # fmt: skip
SHIPPED_BASE = SHIPPED.stack.table(services.BASE)
SHAPES: dict[str, Callable[[Table, str], object]] = {
    "chains/": lambda table, path: chains.parse(table, name_of(path), SHIPPED),
    "indicators/": definitions.parse,
    "rules/breakdowns.toml": _rules(breakdowns.parse),
    "letters/": letters.parse,
    "templates/": templates.parse,
    "client_papers/": paper_words.parse,
    "client/items/": lambda table, path: item_words.parse(table, name_of(path)),
    "client/": lambda table, path: client_words.parse(table, name_of(path)),
    "codelists/": lambda table, path: codes.parse(table, name_of(path)),
    "documents/letterhead.toml": as_shape(UsualHead),
    "documents/recovery_sheet.toml": as_shape(RecoverySheet),
    "documents/supervisory_authority.toml": as_shape(SupervisoryAuthority),
    "documents/slip.toml": as_shape(RecoverySheet),
    "documents/split_sheet.toml": as_shape(SplitSheet),
    "export/policy.toml": lambda table, _: policy.parse(dict(table)),
    "forms/": lambda table, path: load.parse(table, name_of(path).partition(".v")[0], SHIPPED.code_list),
    "municipalities/nrw.toml": as_shape(Municipalities),
    "municipalities/responsible.toml": as_shape(Responsibilities),
    "network/ways.toml": lambda table, path: network.parse(table, path, SHIPPED),
    "passphrase/doubtful_encodings.toml": as_shape(dict[str, Text]),
    "passphrase/encodings.toml": as_shape(dict[str, Text]),
    "passphrase/hints_de.toml": as_shape(Hints),
    "practice/": _practice,
    "regime_changes/": lambda table, path: regime_changes.parse(table, name_of(path), SHIPPED),
    "reports/": lambda table, path: report_templates.parse(table, name_of(path)),
    "rules/audit_groups.toml": _rules(audit_groups.parse),
    "rules/finding_board.toml": _rules(finding_rules.parse),
    "editing/lists.toml": as_shape(dict[str, dict[str, Text]]),
    "editing/kinds.toml": as_shape(Kinds),
    "editing/": as_shape(FormSheet),
    "steering/": as_shape(FormSheet),
    "rules/causes.toml": as_shape(Causes),
    "rules/drives.toml": as_shape(dict[Literal["linux", "darwin", "win32"], Drives]),
    "rules/deadlines.toml": _rules(deadline_rules.parse),
    "rules/history.toml": _rules(history_rules.parse),
    "rules/likeness.toml": _rules(likeness_rules.parse),
    "rules/never_ask.toml": _rules(never_ask.parse),
    "rules/next_steps.toml": _rules(agenda_rules.steps),
    "rules/procedures.toml": _procedures,
    "rules/person_columns.toml": _rules(person_columns.parse),
    "rules/proofs.toml": _rules(proof_rules.parse),
    "rules/regimes.toml": _rules(regime_rules.parse),
    "rules/relations.toml": _rules(relation_rules.parse),
    "rules/spans.toml": lambda table, _: agenda_rules.agenda_rules(
        {}, table, SHIPPED.rules.deadlines, SHIPPED.rules.regimes, SHIPPED.rules.screening, ProofRules()
    ),
    "rules/screening.toml": _rules(screening_rules.parse),
    "services/": _service,
    "texts/de/refusals/": as_shape(dict[str, Refusal]),
    "texts/": as_shape(dict[str, Text | Plural]),
    "theme/glyphs.toml": as_shape(dict[str, tuple[Text, ...]]),
    "theme/tokens.toml": as_shape(Tokens),
}
"""By path, or by folder for what lies in it; the first that fits counts."""


def shape_of(path: str) -> Callable[[Table, str], object]:
    """Return what reads the document at ``path``. Raises KeyError when nothing does."""
    for place, read in SHAPES.items():
        if path == place or (place.endswith("/") and path.startswith(place)):
            return read
    raise KeyError(path)
