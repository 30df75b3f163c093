"""A paper is entered once and serves every checklist that asks for it of that person, while it counts."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kimdesk.casework import attachments, cases, derived, people_merge, records, referrals
from kimdesk.casework.checklists import case_lines
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda import paper_dates
from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.dates import today as this_day
from kimdesk.domain.records import Attachment, Case, CaseFile, Person, Referral, ResidenceSpell
from kimdesk.domain.terms import ItemState, ReferralState, Role
from kimdesk.store import dues
from tests.casework.test_checklists import add, line, refer, state
from tests.scan_samples import pdf

TODAY = this_day()
DAY = timedelta(days=1)
RULES = SHIPPED.rules.proofs


def paper(desk: Desk, case: Case, document: str, **said: Any) -> Attachment:
    """Enter a paper without a scan; it is with the family unless said otherwise."""
    values = {"original_at": "client", "title": document, **said}
    return records.save(desk, Attachment(case_id=case.id, document=document, **values))


def client_of(desk: Desk, case: Case) -> Person:
    found = cases.peek(desk, case.id).client
    assert found
    return found


def open_other(desk: Desk, case: Case) -> Referral:
    return referrals.prepare(
        desk, case.id, "health_insurance", agency="AOK", purpose="health", override_reason="eilig"
    )


def test_one_paper_serves_all_lists_that_ask_for_it(desk: Desk, case: Case) -> None:
    refer(desk, case)
    open_other(desk, case)
    kept = paper(desk, case, "residence_title", person_id=client_of(desk, case).id)
    told = [
        next(each for each in case_lines(SHIPPED, one, file, TODAY) if each.entry.item == "identity")
        for file in (cases.peek(desk, case.id),)
        for one in file.referrals
    ]
    assert [one.entry.state for one in told] == [ItemState.PRESENT] * 2
    assert all(one.proofs == (kept,) and not one.own and one.entry.proven for one in told)


def test_a_paper_counts_for_whom_it_is_and_the_household_for_all(desk: Desk, case: Case) -> None:
    refer(desk, case)
    tarig = add(desk, case, "Tarig", 38, Role.PARTNER)
    amna = client_of(desk, case)
    paper(desk, case, "passport", person_id=amna.id)
    assert state(desk, case, "identity") is ItemState.MISSING
    assert line(desk, case, "identity").without == (tarig.id,)
    paper(desk, case, "passport", title="Pass von irgendwem")  # nobody said whose
    assert state(desk, case, "identity") is ItemState.MISSING
    paper(desk, case, "passport", person_id=tarig.id)
    assert state(desk, case, "identity") is ItemState.PRESENT
    assert state(desk, case, "registration") is ItemState.MISSING
    paper(desk, case, "registration", household=True)
    assert state(desk, case, "registration") is ItemState.PRESENT


def test_what_has_expired_is_not_there_and_says_so(desk: Desk, case: Case) -> None:
    refer(desk, case)
    amna = client_of(desk, case)
    last = paper(desk, case, "passport", person_id=amna.id, valid_until=TODAY)
    assert state(desk, case, "identity") is ItemState.PRESENT
    records.save(desk, replace(last, valid_until=TODAY - DAY))
    gone = line(desk, case, "identity")
    assert (gone.entry.state, gone.expired_on) == (ItemState.MISSING, TODAY - DAY)
    (referral,) = cases.peek(desk, case.id).referrals
    by_hand = referrals.set_item(
        desk, referral, "main_application", ItemState.PRESENT, valid_until=TODAY - DAY
    )
    assert by_hand.checklist
    assert line(desk, case, "main_application").expired_on == TODAY - DAY
    assert state(desk, case, "main_application") is ItemState.MISSING


def test_what_was_asked_for_is_no_paper_yet(desk: Desk, case: Case) -> None:
    refer(desk, case)
    amna = client_of(desk, case)
    asked = paper(desk, case, "passport", person_id=amna.id, original_at="", applied_on=TODAY)
    assert state(desk, case, "identity") is ItemState.REQUESTED
    attachments.put(desk, asked, attachments.inspect(pdf()))
    assert state(desk, case, "identity") is ItemState.PRESENT
    assert attachments.verify(desk) == ()
    lost = paper(desk, case, "registration", household=True, original_at="lost")
    assert state(desk, case, "registration") is ItemState.MISSING
    records.save(desk, replace(lost, original_at="agency"))
    assert state(desk, case, "registration") is ItemState.PRESENT


def test_what_a_person_set_stays_but_missing_gives_way_to_the_paper(desk: Desk, case: Case) -> None:
    referral = refer(desk, case)
    referral = referrals.set_item(desk, referral, "registration", ItemState.NOT_NEEDED)
    referral = referrals.set_item(desk, referral, "bank_account", ItemState.PRESENT)
    referrals.set_item(desk, referral, "identity", ItemState.REQUESTED, "am Schalter")
    kept = paper(desk, case, "passport", person_id=client_of(desk, case).id)
    paper(desk, case, "registration", household=True)
    assert state(desk, case, "registration") is ItemState.NOT_NEEDED
    assert state(desk, case, "bank_account") is ItemState.PRESENT
    shown = line(desk, case, "identity")
    assert (shown.entry.state, shown.entry.note) == (ItemState.PRESENT, "am Schalter")
    records.save(desk, replace(cases.peek(desk, case.id).referrals[0], note="Frau Brandt"))  # as shown
    with desk.writing() as writer:
        writer.remove(kept, "duplicate")
    assert state(desk, case, "identity") is ItemState.REQUESTED


def test_a_note_sets_nothing_that_a_paper_says(desk: Desk, case: Case) -> None:
    refer(desk, case)
    kept = paper(desk, case, "passport", person_id=client_of(desk, case).id)
    (shown,) = cases.peek(desk, case.id).referrals
    referrals.set_item(desk, shown, "identity", ItemState.PRESENT, "nur Kopie")
    noted = line(desk, case, "identity")
    assert (noted.own, noted.entry.note, noted.proofs) == (False, "nur Kopie", (kept,))


def test_a_paper_of_one_line_serves_that_list_alone(desk: Desk, case: Case) -> None:
    referral = refer(desk, case)
    other = referrals.prepare(
        desk, case.id, "child_benefit", agency="Kasse", purpose="benefits", override_reason="eilig"
    )
    asked = next(one.item for one in other.checklist if one.item == "kg1")
    paper(desk, case, "other", item=asked, about=referral.id)
    file = cases.peek(desk, case.id)
    mine = next(one for one in file.referrals if one.id == other.id)
    assert next(one.state for one in mine.checklist if one.item == asked) is ItemState.MISSING
    paper(desk, case, "other", item=asked, about=other.id)
    mine = next(one for one in cases.peek(desk, case.id).referrals if one.id == other.id)
    assert next(one.state for one in mine.checklist if one.item == asked) is ItemState.PRESENT


def test_a_list_that_has_gone_keeps_what_was_proven(desk: Desk, case: Case) -> None:
    referral = refer(desk, case)
    kept = paper(desk, case, "passport", person_id=client_of(desk, case).id)
    referrals.advance(desk, referral, ReferralState.SENT)
    with desk.writing() as writer:
        writer.remove(kept, "duplicate")
    assert state(desk, case, "identity") is ItemState.PRESENT


def test_the_day_alone_takes_a_paper_and_heute_and_the_list_follow(desk: Desk, case: Case) -> None:
    refer(desk, case)
    paper(desk, case, "passport", person_id=client_of(desk, case).id, valid_until=TODAY + 5 * DAY)
    before, after = missing(desk, case, TODAY + 5 * DAY), missing(desk, case, TODAY + 6 * DAY)
    assert after == before + 1


def test_a_fact_changes_what_heute_counts_at_once(desk: Desk, case: Case) -> None:
    refer(desk, case)
    before = missing(desk, case, TODAY)
    lina = add(desk, case, "Lina", 5)
    more = missing(desk, case, TODAY)
    assert more != before
    records.save(desk, replace(lina, birth_date=None))
    assert missing(desk, case, TODAY) != more


def missing(desk: Desk, case: Case, day: date) -> int:
    """Return how many papers the stored date of the referral says are missing on ``day``; it must be true."""
    derived.sweep(desk, day)
    with desk.reading() as reader:
        rows = dues.of_case(reader.connection, case.id, desk.rules)
    told = [int(one.facts["missing"]) for one in rows if one.rule == "documents_missing"]
    file = lists_on(desk, case, day)
    counted = [
        sum(entry.state is ItemState.MISSING for entry in one.checklist)
        for one in file.referrals
        if one.state is ReferralState.PREPARED
    ]
    assert told == [each for each in counted if each]
    assert {one.key for one in rows} == {one.key for one in due_in(file, desk.rules, day)} | {
        one.key for one in rows if one.until < day
    }
    return sum(told)


def lists_on(desk: Desk, case: Case, day: date) -> CaseFile:
    return desk.rules.lists(cases.peek(desk, case.id), day)


def test_the_passport_of_who_persecutes_is_not_minded(desk: Desk, case: Case) -> None:
    amna, ends = client_of(desk, case), TODAY + 20 * DAY
    paper(desk, case, "passport", person_id=amna.id, valid_until=ends)
    paper(desk, case, "travel_document", person_id=amna.id, valid_until=ends)
    assert ends_of(desk, case) == {"passport", "travel_document"}
    records.save(
        desk,
        ResidenceSpell(
            case_id=case.id, person_id=amna.id, status="permit", paragraph="§ 25 Abs. 2", valid_from=TODAY
        ),
    )
    assert ends_of(desk, case) == {"travel_document"}


def test_the_end_of_a_title_is_said_four_months_before_and_once(desk: Desk, case: Case) -> None:
    amna, ends = client_of(desk, case), TODAY + 119 * DAY
    paper(desk, case, "residence_title", person_id=amna.id, valid_until=ends)
    paper(desk, case, "entitlement", person_id=amna.id, valid_until=ends)
    (title, course) = sorted(
        (one for one in due_in(cases.peek(desk, case.id), desk.rules, TODAY) if one.rule == "document_ends"),
        key=lambda one: one.since,
    )
    assert (title.facts["document"], title.since) == ("residence_title", ends - 120 * DAY)
    assert course.since == ends - 60 * DAY
    spell = ResidenceSpell(case_id=case.id, person_id=amna.id, status="permit", valid_until=ends)
    records.save(desk, spell)
    assert ends_of(desk, case) == {"entitlement"}


def ends_of(desk: Desk, case: Case) -> set[str]:
    """Return of which kinds of paper the end is a date of the case, in the case and in the stored dates."""
    file = cases.peek(desk, case.id)
    found = {one.facts["document"] for one in due_in(file, desk.rules, TODAY) if one.rule == "document_ends"}
    with desk.reading() as reader:
        rows = dues.of_case(reader.connection, case.id, desk.rules)
    assert found == {one.facts["document"] for one in rows if one.rule == "document_ends"}
    assert found == {one.document for one in paper_dates.minded(file, RULES, TODAY)}
    return found


KINDS = st.sampled_from(["passport", "registration", "residence_title", "income_proof", "other"])
PLACES = st.sampled_from(["client", "lost", "agency", ""])
ENDS = st.sampled_from([None, TODAY - DAY, TODAY, TODAY + DAY])
WHOSE = st.sampled_from(["client", "child", "household", "nobody"])
STEP = st.one_of(
    st.tuples(st.just("enter"), KINDS, WHOSE, PLACES, ENDS, st.booleans()),
    st.tuples(st.just("end"), st.integers(0, 5), ENDS),
    st.tuples(st.just("remove"), st.integers(0, 5)),
    st.tuples(st.just("set"), st.sampled_from(["identity", "registration"]), st.sampled_from(ItemState)),
    st.tuples(st.just("grow"), st.sampled_from([5, 16, 30])),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_no_two_places_ever_say_different_states(desk: Desk, steps: list[Any]) -> None:
    case = cases.open_new(desk, Person(family_name="Osman", given_names="Amna"))
    lina = add(desk, case, "Lina", 5)
    refer(desk, case)
    open_other(desk, case)
    for step in steps:
        take(desk, case, lina, step)
        for day in (TODAY, TODAY + 2 * DAY, TODAY):
            missing(desk, case, day)
        alike(desk, case)


def take(desk: Desk, case: Case, lina: Person, step: Any) -> None:
    """Do one thing to the papers, the lists or the facts of a case."""
    match step:
        case "enter", kind, whose, place, ends, asked:
            person = {"client": client_of(desk, case).id, "child": lina.id}.get(whose, "")
            applied = TODAY if asked else None
            paper(
                desk, case, kind, person_id=person, household=whose == "household", original_at=place,
                valid_until=ends, applied_on=applied,
            )  # fmt: skip
        case "end", place, ends:
            if one := nth(desk, case, place):
                records.save(desk, replace(one, valid_until=ends))
        case "remove", place:
            if one := nth(desk, case, place):
                attachments.remove(desk, one, "duplicate")
        case "set", item, state_:
            referral = cases.peek(desk, case.id).referrals[0]
            referrals.set_item(desk, referral, item, state_)
        case "grow", years:
            known = next(one for one in cases.peek(desk, case.id).persons if one.id == lina.id)
            records.save(desk, replace(known, birth_date=PartialDate(TODAY.year - years, 1, 1)))


def nth(desk: Desk, case: Case, place: int) -> Attachment | None:
    there = cases.peek(desk, case.id).attachments
    return there[place % len(there)] if there else None


def alike(desk: Desk, case: Case) -> None:
    """Two lists that nobody set by hand say the same of the same person's papers."""
    file = cases.peek(desk, case.id)
    told: dict[str, set[ItemState]] = {}
    for one in file.referrals:
        for each in case_lines(SHIPPED, one, file, TODAY):
            assert each.entry == next(entry for entry in one.checklist if entry.item == each.entry.item)
            if not each.own and each.judgement and each.judgement.truth:
                told.setdefault(each.entry.item, set()).add(each.entry.state)
    assert all(len(states) == 1 for item, states in told.items() if item in ("identity", "registration"))


def test_the_same_sheet_scanned_again_is_noticed_in_its_case_alone(desk: Desk, case: Case) -> None:
    sheet = Image.new("RGB", (600, 850), "white")
    for top in range(40, 800, 60):
        sheet.paste("black", (60, top, 200 + top % 300, top + 20))
    first = attachments.looked_into(stored(sheet, 95))
    attachments.attach(desk, case.id, first, title="Meldebescheinigung")
    again = attachments.looked_into(stored(sheet.resize((420, 595)), 60))
    assert again.sha256 != first.sha256
    assert [one.title for one in attachments.lookalikes(desk, again, case.id)] == ["Meldebescheinigung"]
    elsewhere = cases.open_new(desk, Person(family_name="Haile", given_names="Sara"))
    assert attachments.lookalikes(desk, again, elsewhere.id) == ()
    other = sheet.transpose(Image.Transpose.FLIP_TOP_BOTTOM).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert attachments.lookalikes(desk, attachments.looked_into(stored(other, 90)), case.id) == ()
    empty = attachments.looked_into(stored(Image.new("RGB", (600, 850), "white"), 90))
    assert (empty.look, attachments.lookalikes(desk, empty, case.id)) == ("", ())


def stored(sheet: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    sheet.save(out, "JPEG", quality=quality)
    return out.getvalue()


def test_what_is_protected_changes_nothing_of_whose_a_paper_is(desk: Desk, case: Case) -> None:
    refer(desk, case)
    amna = client_of(desk, case)
    paper(desk, case, "passport", person_id=amna.id)
    records.save(desk, replace(amna, protected=True))
    assert state(desk, case, "identity") is ItemState.PRESENT


def test_two_persons_merged_have_one_wallet(desk: Desk, case: Case) -> None:
    refer(desk, case)
    tarig = add(desk, case, "Tarig", 38, Role.PARTNER)
    twice = add(desk, case, "Tarek", 38, Role.PARTNER)
    kept = paper(desk, case, "passport", person_id=twice.id)
    people_merge.merge(desk, tarig, twice.id)
    [moved] = [one for one in cases.peek(desk, case.id).attachments if one.id == kept.id]
    assert moved.person_id == tarig.id
