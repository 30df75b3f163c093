"""Whether a layer fits the catalogue it is laid over. One that does not is refused whole, with a reason."""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Final

from kimdesk.catalogue import screening_rules, templates
from kimdesk.catalogue.agenda_rules import SPANS, STEPS
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.conditions import asked_complaints
from kimdesk.catalogue.layers import Layer
from kimdesk.catalogue.stack import name_of
from kimdesk.domain import terms
from kimdesk.domain.arrival import StayBand
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.forms.definition import FormDefinition

CLOSED: Final[Mapping[str, type[StrEnum]]] = {
    "phase": terms.Phase,
    "phase_state": terms.PhaseState,
    "case_status": terms.CaseStatus,
    "role": terms.Role,
    "sharing_level": terms.SharingLevel,
    "measure_state": terms.MeasureState,
    "goal_state": terms.GoalState,
    "referral_state": terms.ReferralState,
    "referral_step": terms.StepKind,
    "item_state": terms.ItemState,
    "contact_status": terms.ContactStatus,
    "lane": terms.Lane,
    "stay_band": StayBand,
    "follow_up_kind": terms.FollowUpKind,
}
"""Code lists whose codes the program itself works with: they may be said otherwise, nothing else."""

_SCALES = frozenset({"domain_scale", "gas_level"})
FIXED: Final = frozenset(CLOSED) | _SCALES
"""Code lists that cannot have other codes."""
_FOLDERS = (
    "services",
    "chains",
    "regime_changes",
    "codelists",
    "client",
    "letters",
    "templates",
    "forms",
    "forms/records",
)
FOLDERS: Final = (*_FOLDERS, "forms/archive", "rules")
"""Where the documents of a layer can stand."""
_RULES = frozenset(
    f"rules/{name}.toml" for name in ("deadlines", "regimes", "relations", "person_columns", "screening")
)
_PATH = re.compile(
    rf"(?:{'|'.join(_FOLDERS)})/[a-z][a-z0-9_]*(?:@\d+)?\.toml|forms/archive/[a-z][a-z0-9_.]*\.toml"
)
_SHARED = "services/base.toml"  # belongs to the shipped services


def demand_fitting(layers: tuple[Layer, ...], new: Layer) -> Catalogue:
    """Return the catalogue of ``layers`` with ``new`` over them, as of its first day.

    Raises ContentError, and nothing of the layer counts: E740 for a document of no known kind, E741 when
    something is broken or names what is not there, E742 when it changes a list the program works with, E744
    when it drops what answers, checklists or the program refer to.
    """
    day = max(today(), new.valid_from)
    below, whole = Catalogue(layers, day), Catalogue((*layers, new), day)
    for path in sorted(new.documents):
        if not _is_known(path):
            raise ContentError("E740", layer=new.name, place=path)
    for place in _broken(whole, new):
        raise ContentError("E741", layer=new.name, place=place)
    for place in _unspoken(below, whole):
        raise ContentError("E741", layer=new.name, place=place)
    for place in _changed_lists(below, whole):
        raise ContentError("E742", layer=new.name, place=place)
    for place in _dropped(below, whole, new):
        raise ContentError("E744", layer=new.name, place=place)
    return whole


def laid(layers: tuple[Layer, ...]) -> tuple[Catalogue, tuple[ContentError, ...]]:
    """Return the catalogue of stored ``layers``, and why some are left out.

    What fitted an earlier program may not fit this one.
    """
    day = today()
    fitting = tuple(one for one in layers if one.ended(day))
    refused = []
    for one in sorted((each for each in layers if not each.ended(day)), key=lambda each: each.origin.rank):
        try:
            demand_fitting(fitting, one)
        except ContentError as error:
            refused.append(error)
        else:
            fitting = (*fitting, one)
    return Catalogue(fitting), tuple(refused)


def _is_known(path: str) -> bool:
    return path in _RULES | {STEPS, SPANS} or (bool(_PATH.fullmatch(path)) and path != _SHARED)


def _broken(whole: Catalogue, new: Layer) -> Iterator[str]:
    """Yield where a document of the whole catalogue cannot be read, or names what it does not have."""
    for read in (*_of_layer(whole, new), *_everything(whole)):
        try:
            read()
        except ContentError as error:
            yield f"{error.facts.get('name', '')}: {error.facts.get('place', '')}"
        except CaseworkError as error:
            yield error.code
        except (KeyError, TypeError, ValueError) as error:
            yield type(error).__name__


def _of_layer(whole: Catalogue, new: Layer) -> Iterator[Callable[[], object]]:
    for path, table in new.documents.items():
        folder, name = path.rpartition("/")[0], name_of(path)
        if folder == "codelists":
            yield partial(whole.code_list, name)
        elif folder in ("forms", "forms/archive"):
            yield partial(whole.form, name.partition(".v")[0], table.get("version", 0))
        elif folder == "forms/records":
            yield partial(whole.record_form, name)


def _everything(whole: Catalogue) -> Iterator[Callable[[], object]]:
    rules = whole.rules
    yield whole.services
    yield lambda: whole.all_templates
    yield lambda: whole.change_lists
    yield lambda: whole.client_words
    yield lambda: (rules.deadlines, rules.law, rules.steps, rules.screening, rules.agenda)
    yield lambda: (rules.relations, rules.person_columns)
    yield whole.letters.every
    yield partial(templates.shared, whole, today())
    yield whole.forms
    yield whole.record_forms
    yield partial(_demand_asked, whole)


def _demand_asked(whole: Catalogue) -> None:
    """Raise ContentError E700 when a paper is needed after an answer that no form asks for."""
    forms = {one.name: one for one in whole.forms()}
    services = ((f"services/{one.code}", one.items) for one in whole.services())
    changes = ((f"regime_changes/{one.code}", one.items) for one in whole.change_lists)
    for name, items in (*services, *changes):
        for item in items:
            for complaint in asked_complaints(item.when, forms) if item.when else ():
                raise ContentError("E700", name=name, place=f"{item.code}: {complaint}")


def _unspoken(below: Catalogue, whole: Catalogue) -> Iterator[str]:
    """Yield the rules and conditions of the screening that no sentence is about."""
    known, used = (screening_rules.spoken(one.rules.screening) for one in (below, whole))
    yield from (f"{screening_rules.PATH}: {one}" for one in sorted(used - known))


def _changed_lists(below: Catalogue, whole: Catalogue) -> Iterator[str]:
    for name in (*CLOSED, *sorted(_SCALES)):
        before, now = below.code_list(name), whole.code_list(name)
        known = [(one.code, one.valid_from, one.valid_until) for one in before.codes]
        if known != [(one.code, one.valid_from, one.valid_until) for one in now.codes]:
            yield f"codelists/{name}"


def _dropped(below: Catalogue, whole: Catalogue, new: Layer) -> Iterator[str]:
    for before, now in zip(below.forms(), whole.forms(), strict=True):
        yield from _dropped_fields(before, now)
    for before, now in zip(below.record_forms(), whole.record_forms(), strict=True):
        yield from _dropped_fields(before, now)
        yield from (f"{now.name}: {one}" for one in sorted(_fields(now).keys() - _fields(before).keys()))
    for path in (path for path in new.documents if path.startswith("services/")):
        yield from _dropped_items(below, whole, name_of(path).partition("@")[0])
    for name, codes in _codes_of_rules(below).items():
        yield from (f"{name}: {code}" for code in sorted(codes - _codes_of_rules(whole)[name]))


def _dropped_fields(before: FormDefinition, now: FormDefinition) -> Iterator[str]:
    known = _fields(now)
    yield from (f"{now.name}: {path}" for path, kind in _fields(before).items() if known.get(path) != kind)


def _fields(form: FormDefinition) -> dict[str, tuple[str, ...]]:
    """Return what answers depend on: how often each section is answered, and what each field holds."""
    return {
        f"{section.id}.{field.id}": (section.repeat, section.over, field.type, field.choices, field.record)
        for section in form.sections
        for field in section.fields
    }


def _dropped_items(below: Catalogue, whole: Catalogue, code: str) -> Iterator[str]:
    for before in below.versions(code):
        kept = {item.code for item in whole.service(code, before.version).items}
        yield from (f"services/{code}: {item.code}" for item in before.items if item.code not in kept)


def _codes_of_rules(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """Return what the program, or what is stored, calls rules by."""
    rules = catalogue.rules
    return {
        "rules/deadlines": frozenset(one.code for one in rules.deadlines.every),
        "rules/regimes": frozenset(one.code for one in rules.regimes.rules),
        STEPS.removesuffix(".toml"): frozenset(rules.steps),
        "rules/screening": frozenset(one.code for one in rules.screening.rules),
        "rules/relations": frozenset(rules.relations.kind),
        "rules/person_columns": frozenset(one.name for one in rules.person_columns.targets)
        | rules.person_columns.trouble.keys(),
    }
