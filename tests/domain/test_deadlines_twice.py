"""Every rule, derived by the program and by a slow reading of the statutes that shares nothing with it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.catalogue.calendar import holiday_name
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.law.deadline_rule import CODES, Facts
from tests.domain import slow_law
from tests.domain.test_deadline_examples import EXAMPLES, params

RULES = SHIPPED.rules.deadlines
DAYS = st.dates(date(2019, 1, 1), date(2036, 12, 31))
EDGES = st.sampled_from(
    [date(2024, 12, 31), date(2025, 1, 1), date(2026, 6, 11), date(2026, 6, 12), date(2028, 2, 29),
     date(2026, 1, 31), date(2026, 11, 30), date(2026, 12, 24), date(2026, 12, 31), date(2027, 3, 25)]
)  # fmt: skip
DAY = DAYS | EDGES


def codes(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([one.code for one in SHIPPED.code_list(CODES[name]).codes])


LETTER = st.fixed_dictionaries(
    {},
    optional={
        "posted_on": DAY, "dated_on": DAY, "delivery": codes("delivery"), "instruction": codes("instruction"),
        "stated": codes("stated"), "came": st.integers(0, 12),
    },
)  # fmt: skip
EVENT = st.fixed_dictionaries({"day": DAY}, optional={"missed_on": DAY})


def letter(told: dict[str, Any]) -> dict[str, Any]:
    """Let it arrive so many days after it was sent, at the earliest on that day."""
    facts = dict(told)
    came = facts.pop("came", None)
    sent = facts.get("posted_on") or facts.get("dated_on") or date(2026, 6, 11)
    return facts if came is None else facts | {"delivered_on": sent + slow_law.ONE * came}


def quick(code: str, facts: dict[str, Any]) -> tuple[date | None, date | None]:
    """Return the day by the program and from when it can be done; both None while a fact is missing."""
    try:
        found = RULES.derive(code, Facts(**facts))
    except CaseworkError as refused:
        return {"E890": (None, None)}[refused.code]
    return found.due, found.opens_on


def test_the_slow_reading_knows_every_rule_and_every_holiday() -> None:
    assert {code: rule.first for code, rule in slow_law.RULES.items()} == {
        one.code: one.first_after for one in RULES.every
    }
    for year in range(2019, 2037):
        first = date(year, 1, 1).toordinal()
        days = {date.fromordinal(first + n) for n in range(366)} - {date(year + 1, 1, 1)}
        assert {day for day in days if holiday_name(day)} == slow_law.holidays(year)


@pytest.mark.parametrize("example", params(EXAMPLES))
def test_the_slow_reading_agrees_with_every_example(example: dict[str, Any]) -> None:
    facts = {
        name: value if name in CODES else date.fromisoformat(value)
        for name, value in example["facts"].items()
    }
    assert slow_law.slow_day(example["rule"], facts) == example["due"]


@pytest.mark.parametrize("code", slow_law.RULES)
def test_both_readings_give_the_same_day(code: str) -> None:
    notice = bool(slow_law.RULES[code].law)

    @settings(max_examples=40 if notice else 15)
    @given(LETTER.map(letter) if notice else EVENT)
    def agree(facts: dict[str, Any]) -> None:
        assert quick(code, facts) == (slow_law.slow_day(code, facts), slow_law.opens_on(code, facts))

    agree()
