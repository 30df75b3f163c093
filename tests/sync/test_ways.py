"""What is compiled for stored rows is what the steps say of records: the same bytes, whatever is in them."""

import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain import records
from kimdesk.domain.consent import KREIS
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import KINDS, type_of
from kimdesk.domain.records import Consent
from kimdesk.domain.terms import SharingLevel
from kimdesk.store.mapping import shape
from kimdesk.sync.leaving.caseload import row_type
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.projection import Circumstances, leaving, parts
from kimdesk.sync.leaving.scope import Terms, scope_of
from kimdesk.sync.leaving.treatment import Tools
from kimdesk.sync.ways import LeavingWay
from tests.sync.exchange import KINDS as INFORMATION
from tests.sync.exchange import TODAY

TOOLS = Tools(SHIPPED, TODAY, policy().age_band, lambda identity: f"P{identity}")
DAYS = st.dates(date(1930, 1, 1), date(2030, 12, 31))
PARTIAL = st.one_of(
    st.builds(PartialDate, st.integers(1930, 2025)),
    st.builds(PartialDate, st.integers(1930, 2025), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1930, 2025), st.integers(1, 12), st.integers(1, 28)),
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda each: each.replace(microsecond=0)
)
TEXTS = st.sampled_from(
    ["", "language", "health", "active", "identified", "05999001", "TR", "998", "case-1", 'Ä "\\\n\u2028€😀']
)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a field, empty ones among them."""
    arguments = [each for each in get_args(hint) if each is not types.NoneType]
    if get_origin(hint) in (Union, types.UnionType):
        return st.none() | values(arguments[0])
    if get_origin(hint) is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if get_origin(hint) is Mapping:
        return st.dictionaries(TEXTS, TEXTS, max_size=2)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS, int: st.integers(0, 200), bool: st.booleans(), date: DAYS, datetime: MOMENTS,
        PartialDate: PARTIAL,
    }  # fmt: skip
    return plain[hint] if hint in plain else whole(hint)


def whole(record_type: type[Any]) -> st.SearchStrategy[Any]:
    """Return records of a type, or entries of a list."""
    hints = get_type_hints(record_type, vars(records))
    return st.builds(record_type, **{name: values(hint) for name, hint in hints.items()})


def terms(level: SharingLevel, *, shielded: bool) -> Terms:
    special = ("health",)
    consent = Consent(
        case_id="c", recipient=KREIS, level=level, kinds=INFORMATION, special_categories=special,
        purpose="reporting", given_on=TODAY,
    )  # fmt: skip
    return scope_of([consent], TODAY, shielded=shielded).terms


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_stored_row_leaves_as_its_record_does(kind: str, data: st.DataObject) -> None:
    level = data.draw(st.sampled_from([SharingLevel.IDENTIFIED, SharingLevel.PSEUDONYMISED]))
    asked = terms(level, shielded=data.draw(st.booleans()))
    own = data.draw(st.none() | st.just(asked))
    about = Circumstances(household=data.draw(st.booleans()), own=own)
    record = data.draw(whole(type_of(kind)))
    steps = leaving(kind, asked, about)
    way = LeavingWay(kind, asked, about, TOOLS, "reporting")
    assert way.leaves is bool(steps)
    if steps:
        found = parts(steps, record, asked, TOOLS)
        said = {part.step.member: part.out for part in found if part.out is not None}
        stored = row_type(kind)._make(shape(type_of(kind)).encode(record))
        assert way.encoded(way.row(stored)) == msgspec.json.encode(said, enc_hook=dict)


def test_it_is_tried_with_what_may_leave() -> None:
    asked = terms(SharingLevel.IDENTIFIED, shielded=False)
    assert len([kind for kind in KINDS if leaving(kind, asked, Circumstances())]) > len(KINDS) // 2


@given(data=st.data())
def test_what_does_not_leave_of_the_client_never_leaves(data: st.DataObject) -> None:
    """The export does not even read it; persons are another matter, they may leave as a household alone."""
    kinds = data.draw(st.lists(st.sampled_from(INFORMATION), max_size=4))
    purposes = st.sampled_from(sorted(policy().purpose))
    consents = [
        Consent(case_id="c", recipient=KREIS, level=data.draw(st.sampled_from(SharingLevel)),
                kinds=tuple(kinds), special_categories=("health",) * data.draw(st.booleans()),
                purpose=data.draw(purposes), given_on=TODAY)
        for _ in range(data.draw(st.integers(0, 2)))
    ]  # fmt: skip
    asked = scope_of(consents, TODAY, shielded=data.draw(st.booleans())).terms
    about = Circumstances(
        household=data.draw(st.booleans()),
        category=data.draw(st.sampled_from([None, "health"])),
        stays=data.draw(st.sampled_from(["", "foreign"])),
        own=data.draw(st.sampled_from([None, asked, terms(SharingLevel.IDENTIFIED, shielded=False)])),
    )
    closed = [kind for kind in KINDS if kind != "person" and not leaving(kind, asked, Circumstances())]
    assert [kind for kind in closed if leaving(kind, asked, about)] == []
