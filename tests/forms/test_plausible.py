"""What cannot be true together is said at its field, with what to do; the pairs are data of the forms."""

from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.validate import problems
from kimdesk.texts.problems import message

IN_ORDER = [
    ("residence_spell", "status", "valid_from", "valid_until"),
    ("residence_spell", "status", "applied_on", "certificate_on"),
    ("regime_spell", "spell", "starts_on", "ends_on"),
    ("consent", "validity", "given_on", "valid_until"),
    ("consent", "validity", "given_on", "withdrawn_on"),
    ("member", "member", "since", "until"),
    ("relation", "relation", "since", "until"),
    ("measure", "measure", "starts_on", "due_on"),
    ("person", "birth", "birth_date", "arrived_on"),
    ("contact", "contact", "held_on", "follow_up_on"),
    ("case", "case", "opened_on", "retain_until"),
    ("referral", "course", "prepared_on", "sent_on"),
    ("referral", "course", "sent_on", "answered_on"),
]
SHOWN = {"valid_until": "2030-01-01"}  # the later fields of a title are asked for with its end


def codes(record: str, section: str, **answers: Any) -> list[tuple[str, str]]:
    found = problems(SHIPPED.record_form(record), {section: answers})
    return [(one.path, one.code) for one in found]


@pytest.mark.parametrize(("record", "section", "first", "second"), IN_ORDER)
def test_a_day_does_not_lie_before_the_one_it_follows(
    record: str, section: str, first: str, second: str
) -> None:
    known = SHOWN if record == "residence_spell" and first == "applied_on" else {}
    wrong = codes(record, section, **{**known, first: "2026-03-02", second: "2026-03-01"})
    assert (f"{section}.{second}", "E709") in wrong
    assert codes(record, section, **{**known, first: "2026-03-02", second: "2026-03-02"}) == []
    assert codes(record, section, **{second: "2026-03-01"}) == []


def test_what_is_known_of_a_day_only_in_part_is_not_out_of_order() -> None:
    assert codes("person", "birth", birth_date="1990-05", arrived_on="1990") == []
    assert codes("person", "birth", birth_date="1990-05", arrived_on="1989") == [("birth.arrived_on", "E709")]


@pytest.mark.parametrize(
    ("status", "paragraph", "fits"),
    [
        ("asylum_permission", "§ 25 Abs. 2 AufenthG", False),
        ("asylum_permission", "§ 55 AsylG", True),
        ("toleration_60a", "§\u00a060a Abs. 2 AufenthG", True),
        ("toleration_60a", "60d", False),
        ("permit", "§ 25 Abs. 2", True),
        ("permit", "25b", True),
        ("permit", "§ 60a", False),
        ("settlement_permit", "§ 26 Abs. 3 AufenthG", True),
        ("german", "", True),
        ("permit", "Familiennachzug", True),
        ("fiction_81_4", "§ 81 Abs. 4", True),
        ("fiction_81_3", "§ 25", True),  # what was applied for
    ],
)
def test_a_paragraph_fits_its_status(status: str, paragraph: str, fits: bool) -> None:
    found = codes("residence_spell", "status", status=status, paragraph=paragraph)
    assert found == ([] if fits else [("status.paragraph", "E716")])


def test_the_sentence_names_the_other_field_and_says_what_to_do() -> None:
    form = SHIPPED.record_form("residence_spell")
    [found] = problems(form, {"status": {"valid_from": "2026-03-02", "valid_until": "2026-03-01"}})
    assert message(found) == "Dieser Tag liegt vor „Gültig ab“. Bitte berichtigen Sie einen von beiden."
