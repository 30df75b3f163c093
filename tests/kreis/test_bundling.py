"""Findings are bundled by people, dealt with, and what was decided goes back to the desks that saw them."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kimdesk import sync
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.finding_rules import Band
from kimdesk.domain.errors import BundleError, ContentError
from kimdesk.domain.records import Finding
from kimdesk.kreis import findings
from kimdesk.kreis.registry import answer_table, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.steering import answers, board, bundling
from kimdesk.kreis.steering.values import ClusterDealing, ClusterWording, FindingCluster
from kimdesk.sync import finding_answers
from kimdesk.sync.sealing import manifest, wire
from kimdesk.sync.sealing.manifest import FindingAnswer
from tests.postgresql import Server
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, enrol, make_desk

OTHER = "05999002"
WORDS = ClusterWording(
    title="Kein Vormittagskurs mit Kinderbetreuung", kind="service_gap", life_domain="language"
)
TITLES = ("Kein Kurs mit Kinderbetreuung am Vormittag", "Kurs am Vormittag ohne Kinderbetreuung")


def seen(exchange: Exchange, title: str, **values: Any) -> Finding:
    """Note a finding at the desk."""
    fields = {"kind": "service_gap", "life_domain": "language", "ags": AGS, "noted_on": TODAY, **values}
    case = exchange.change(exchange.case().case, ags=fields["ags"])
    return exchange.put(Finding(case_id=case.id, title=title, **fields))


def here(exchange: Exchange, *titles: str) -> list[str]:
    """Return under which identities findings stand at the Kreis."""
    known = {one.title: one.id for one in findings.reported(exchange.kreis)}
    return [known[title] for title in titles]


def bundled(exchange: Exchange, *titles: str) -> FindingCluster:
    return bundling.begin(exchange.kreis, here(exchange, *titles), WORDS, now=NOW)


@pytest.fixture
def two(exchange: Exchange) -> tuple[Exchange, list[Finding]]:
    """Two findings of one desk, handed over."""
    made = [seen(exchange, title) for title in TITLES]
    exchange.round()
    return exchange, made


Two = tuple[Exchange, list[Finding]]


def test_nothing_is_bundled_by_itself_and_two_that_sound_alike_are_proposed_with_a_reason(two: Two) -> None:
    exchange, _ = two
    seen(exchange, "Bank verlangt zum Konto einen Pass", kind="access_barrier", life_domain="livelihood")
    exchange.round()
    shown = board.read(exchange.kreis)
    assert (len(shown.single), shown.clusters, shown.count) == (3, (), 3)
    one, other = here(exchange, *TITLES)
    found = board.proposals(exchange.kreis)
    assert set(found) == {one, other}
    [proposal] = found[one]
    assert proposal.finding == other
    assert {each.why for each in proposal.reasons} == {"life_domain", "kind"}
    assert set(proposal.words) == {"Kurs", "Vormittag", "Kinderbetreuung"}


def test_what_was_left_apart_is_never_proposed_again(two: Two) -> None:
    exchange, _ = two
    one, other = here(exchange, *TITLES)
    bundling.leave_apart(exchange.kreis, one, other)
    assert board.proposals(exchange.kreis) == {}
    made = bundling.begin(exchange.kreis, [other], WORDS)
    assert board.proposals(exchange.kreis) == {}, "not even as part of a bundle"
    assert board.members(exchange.kreis, made.id)[0].id == other


def test_a_finding_is_proposed_for_a_bundle_until_it_is_left_apart_from_it(two: Two) -> None:
    exchange, _ = two
    one, other = here(exchange, *TITLES)
    made = bundling.begin(exchange.kreis, [one], WORDS)
    assert [each.finding for each in board.proposals(exchange.kreis)[made.id]] == [other]
    bundling.leave_apart(exchange.kreis, other, made.id)
    assert board.proposals(exchange.kreis) == {}
    bundling.dissolve(exchange.kreis, made.id, made.rev)
    assert board.proposals(exchange.kreis) == {}, "its findings stay apart when the bundle is gone"


def test_a_bundle_goes_its_ways_and_no_others(two: Two) -> None:
    exchange, _ = two
    made = bundled(exchange, *TITLES)
    for state in ("implemented", "noted"):
        with pytest.raises(ContentError, match="E793"):
            bundling.move(exchange.kreis, made.id, made.rev, state)
    for state in ("working_group", "steering_group", "decided", "implemented"):
        made = bundling.move(exchange.kreis, made.id, made.rev, state, now=NOW + timedelta(days=1))
    assert (made.state, made.since) == ("implemented", TODAY + timedelta(days=1))
    steps = [(each.step, each.state, each.by) for each in board.history(exchange.kreis, made.id)]
    assert steps[0] == ("moved", "implemented", exchange.kreis.actor)
    assert steps[-1] == ("bundled", "bundled", exchange.kreis.actor)
    assert len(steps) == 5


def test_who_saves_over_somebody_elses_change_is_told_and_loses_nothing(two: Two) -> None:
    exchange, _ = two
    made = bundled(exchange, *TITLES)
    first = ClusterDealing(answer="Danke, wir kümmern uns.")
    bundling.deal(exchange.kreis, made.id, made.rev, first, now=NOW)
    for late in (
        lambda: bundling.deal(exchange.kreis, made.id, made.rev, ClusterDealing(answer="anders")),
        lambda: bundling.word(exchange.kreis, made.id, made.rev, replace(WORDS, title="anders")),
        lambda: bundling.move(exchange.kreis, made.id, made.rev, "decided"),
        lambda: bundling.release(exchange.kreis, made.id, made.rev),
        lambda: bundling.dissolve(exchange.kreis, made.id, made.rev),
    ):
        with pytest.raises(ContentError, match="E792") as refused:
            late()
        assert refused.value.facts == {"time": NOW.astimezone().strftime("%H:%M")}
    [kept] = board.read(exchange.kreis).clusters
    assert (kept.dealing, kept.wording.title, kept.state) == (first, WORDS.title, "bundled")


def test_two_who_bundle_the_same_finding_get_one_bundle_and_a_sentence(two: Two) -> None:
    exchange, _ = two
    one, other = here(exchange, *TITLES)
    bundling.begin(exchange.kreis, [one], WORDS)
    with pytest.raises(ContentError, match="E790"):
        bundling.begin(exchange.kreis, [other, one], WORDS)
    [made] = board.read(exchange.kreis).clusters
    assert made.reach.findings == 1, "of what was refused nothing stays"
    with pytest.raises(ContentError, match="E747"):
        bundling.join(exchange.kreis, made.id, ["nobody"])


def test_only_what_is_released_reaches_the_desk_and_until_it_has_it(two: Two) -> None:
    exchange, made = two
    bundle = bundled(exchange, *TITLES)
    bundle = bundling.move(exchange.kreis, bundle.id, bundle.rev, "working_group", now=NOW)
    dealing = ClusterDealing(
        group="AG Sprache",
        meets_on=date(2026, 12, 10),
        decision="Ein Kurs mit Betreuung.",
        answer="Danke für Ihre Befunde.",
    )
    bundle = bundling.deal(exchange.kreis, bundle.id, bundle.rev, dealing, now=NOW)
    exchange.round()
    assert finding_answers.answers(exchange.desk) == {}, "a draft stays at the Kreis"
    bundle = bundling.release(exchange.kreis, bundle.id, bundle.rev, now=NOW)
    assert (bundle.released, bundle.reach.desks, bundle.reach.told) == (True, 1, 0)
    exchange.carry(exchange.export().path)  # this receipt gets lost
    exchange.round()
    found = finding_answers.answers(exchange.desk)
    assert set(found) == {each.id for each in made}
    told = found[made[0].id]
    assert (told.state, told.text, told.decision) == ("working_group", dealing.answer, dealing.decision)
    assert (told.group, told.meets, told.on, told.new) == ("AG Sprache", dealing.meets_on, TODAY, True)
    finding_answers.note_seen(exchange.desk, made[0].id)
    assert not finding_answers.answers(exchange.desk)[made[0].id].new
    exchange.round()
    [bundle] = board.read(exchange.kreis).clusters
    assert bundle.reach.told == 1
    bundle = bundling.move(exchange.kreis, bundle.id, bundle.rev, "steering_group")
    assert not bundle.released, "what the desks are told has to be released anew"


def test_a_finding_that_joins_later_is_answered_too_and_one_that_leaves_is_told(two: Two) -> None:
    exchange, made = two
    one, other = here(exchange, *TITLES)
    bundle = bundling.begin(exchange.kreis, [one], WORDS)
    bundle = bundling.release(exchange.kreis, bundle.id, bundle.rev)
    bundling.join(exchange.kreis, bundle.id, [other])
    exchange.round()
    assert {each.state for each in finding_answers.answers(exchange.desk).values()} == {"bundled"}
    bundling.leave(exchange.kreis, other)
    exchange.round()
    state = {each.title: finding_answers.answers(exchange.desk)[each.id].state for each in made}
    assert state == dict(zip(TITLES, ("bundled", "noted"), strict=True))
    assert {each.state for each in findings.reported(exchange.kreis)} == {"bundled", "noted"}


def test_what_a_desk_withdraws_leaves_the_bundle_which_says_when_it_is_empty(two: Two) -> None:
    exchange, made = two
    bundle = bundled(exchange, *TITLES)
    exchange.remove(made[0])
    exchange.round()
    [bundle] = board.read(exchange.kreis).clusters
    assert bundle.reach.findings == 1
    exchange.remove(made[1])
    exchange.round()
    [bundle] = board.read(exchange.kreis).clusters
    assert bundle.reach.findings == 0
    with pytest.raises(ContentError, match="E795"):
        bundling.release(exchange.kreis, bundle.id, bundle.rev)


def test_municipalities_are_counted_in_bands_and_each_desk_only_hears_of_its_own(
    two: Two, tmp_path: Path
) -> None:
    exchange, _ = two
    (tmp_path / "in").mkdir()
    with make_desk(tmp_path / "other", "Ostermark", municipalities=(OTHER,)) as desk:
        enrol(desk, exchange.kreis, tmp_path / "in")
        there = replace(exchange, desk=desk)
        mine = seen(there, "Kinderbetreuung fehlt am Vormittag", ags=OTHER, frequency=12)
        there.round()
        bundle = bundled(exchange, *TITLES, mine.title)
        assert bundle.reach.municipalities == Band(0, 2)
        assert (bundle.reach.findings, bundle.reach.times, bundle.reach.desks) == (
            3,
            12,
            2,
        )  # twelve leave as ten
        bundling.release(exchange.kreis, bundle.id, bundle.rev)
        there.round()
        assert list(finding_answers.answers(desk)) == [mine.id]
        assert finding_answers.answers(exchange.desk) == {}
        there.round()
        [bundle] = board.read(exchange.kreis).clusters
        assert (bundle.reach.told, bundle.reach.desks) == (1, 2)


def test_bands_and_days_are_those_of_the_data() -> None:
    rules = SHIPPED.rules.findings
    bands = [rules.band(number) for number in (0, 2, 3, 5, 6, 10, 11, 16)]
    low, middle, high, most = Band(0, 2), Band(3, 5), Band(6, 10), Band(11, None)
    assert bands == [low, low, middle, middle, high, high, most, most]
    since = TODAY - timedelta(days=74)
    assert rules.overdue("working_group", since, TODAY) == 74
    assert rules.overdue("working_group", since, since + timedelta(days=59)) is None
    assert rules.overdue("implemented", since, TODAY) is None
    states = {each.code for each in SHIPPED.code_list("finding_state").offered()} - {"noted"}
    assert set(rules.ways) == states
    assert {to for ways in rules.ways.values() for to in ways} <= states


def test_good_practice_is_counted_and_taken_over(exchange: Exchange) -> None:
    title, practice = "Lotsin begleitet zum ersten Termin", replace(WORDS, kind="good_practice")
    seen(exchange, title, kind="good_practice")
    exchange.round()
    assert board.read(exchange.kreis).good_practice == 1
    made = bundling.begin(exchange.kreis, here(exchange, title), practice)
    made = bundling.adopt(exchange.kreis, made.id, [OTHER, AGS, AGS])
    assert made.adopted == (AGS, OTHER)
    shown = board.read(exchange.kreis)
    assert (shown.count, shown.good_practice, board.count(exchange.kreis)) == (1, 1, 1)
    bundling.move(exchange.kreis, made.id, made.rev, "dismissed")
    shown = board.read(exchange.kreis)
    assert (shown.count, shown.good_practice, board.count(exchange.kreis)) == (0, 0, 0)
    assert [each.state for each in shown.clusters] == ["dismissed"]


def test_a_title_is_needed_and_no_text_is_endless(two: Two) -> None:
    exchange, _ = two
    ids = here(exchange, *TITLES)
    for wrong in (
        replace(WORDS, title=" "),
        replace(WORDS, title="x" * 201),
        replace(WORDS, summary="x" * 2001),
    ):
        with pytest.raises(ContentError, match="E794"):
            bundling.begin(exchange.kreis, ids, wrong)
    made = bundling.begin(exchange.kreis, ids, WORDS)
    for long in (
        ClusterDealing(answer="x" * 2001),
        ClusterDealing(decision="x" * 2001),
        ClusterDealing(group="x" * 201),
    ):
        with pytest.raises(ContentError, match="E748"):
            bundling.deal(exchange.kreis, made.id, made.rev, long)


def test_one_of_several_is_not_answered_alone(two: Two) -> None:
    exchange, _ = two
    bundled(exchange, *TITLES)
    with pytest.raises(ContentError, match="E796"):
        findings.answer(exchange.kreis, here(exchange, TITLES[0])[0], "decided")


BAD = {
    "decision": FindingAnswer("f", 1, "decided", "", "2026-11-01", "a\u202eb"),
    "group": FindingAnswer("f", 1, "decided", "", "2026-11-01", "", "\x1b[2J"),
    "day": FindingAnswer("f", 1, "decided", "", "2026-11-01", "", "", "2026-02-30"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_decision_breaks_the_receipt_and_nothing_else(exchange: Exchange, fault: str) -> None:
    with exchange.desk.writing() as writer, pytest.raises(BundleError, match="E103"):
        finding_answers.take_answers(writer, [BAD[fault]])


@pytest.mark.parametrize(
    "wrong", [{"meets": "morgen"}, {"group": "x" * 201}, {"decision": "x" * 2001}, {"chair": "Albers"}]
)
def test_answers_of_another_shape_are_refused(wrong: dict[str, str]) -> None:
    said = json.loads(wire.encode(FindingAnswer("f", 1, "decided", "", "2026-11-01"))) | wrong
    with pytest.raises(BundleError, match="E103"):
        wire.decode(FindingAnswer, json.dumps(said).encode())


def test_long_answers_never_break_a_receipt_they_come_one_after_the_other(exchange: Exchange) -> None:
    many = [seen(exchange, f"Befund {number}") for number in range(40)]
    exchange.round()
    made = bundled(exchange, *(each.title for each in many))
    long = ClusterDealing(group="😀" * 200, decision="😀" * 2000, answer="😀" * 2000)
    made = bundling.deal(exchange.kreis, made.id, made.rev, long)
    bundling.release(exchange.kreis, made.id, made.rev)
    got = [len(exchange.take(exchange.carry(exchange.export().path)[0]).answers) for _ in range(4)]
    assert sum(got) == len(many)
    assert 0 < got[0] < len(many)
    assert manifest.ANSWERS_SIZE < 2**20
    assert len(finding_answers.answers(exchange.desk)) == len(many)


def test_answers_of_two_offices_at_once_get_numbers_of_their_own(
    exchange: Exchange, postgresql: Server
) -> None:
    """A desk that has seen a higher number never gets a lower one, so no two may overtake each other."""
    with postgresql.database("offices") as engine:
        exchange.kreis.server = engine
        registry, ids = open_registry(exchange.kreis), [f"finding {number}" for number in range(40)]

        def tell(finding_id: str) -> None:
            with transaction(registry) as connection:
                answers.tell(connection, [finding_id], answers.ToldFinding(state="bundled"), NOW, "")

        with ThreadPoolExecutor(4) as offices:
            list(offices.map(tell, ids))
        with engine.connect() as connection:
            numbers = sorted(connection.execute(select(answer_table.c.number)).scalars())
        assert numbers == list(range(numbers[0], numbers[0] + len(ids)))
    exchange.kreis.server = None


def test_a_server_holds_the_same_board(exchange: Exchange, postgresql: Server) -> None:
    with postgresql.database("board") as engine:
        exchange.kreis.server = engine
        enrol(exchange.desk, exchange.kreis, exchange.home)
        for title in TITLES:
            seen(exchange, title)
        exchange.round()
        made = bundled(exchange, TITLES[0])
        assert len(board.proposals(exchange.kreis)[made.id]) == 1
        made = bundling.join(exchange.kreis, made.id, here(exchange, TITLES[1]))
        made = bundling.release(exchange.kreis, made.id, made.rev)
        with pytest.raises(ContentError, match="E792"):
            bundling.move(exchange.kreis, made.id, made.rev - 1, "decided")
        exchange.round()
        exchange.round()
        [made] = board.read(exchange.kreis).clusters
        assert (made.reach.findings, made.reach.told) == (2, 1)
        sync.start_epoch(exchange.desk)
        exchange.round()
        assert board.count(exchange.kreis) == 1
    exchange.kreis.server = None
