"""The genogram is laid out so that nobody stands on anybody else and generations stand below one another."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Case, CaseFile, Member, Person, Relation
from kimdesk.domain.terms import Role
from ui.people.genogram import Genogram, genogram

TODAY = date(2026, 11, 24)
KINDS = (
    "parent", "child", "partner", "separated", "sibling", "grandparent", "grandchild",
    "guardian", "ward", "custodian", "in_custody", "other",
)  # fmt: skip


def case_file(people: dict[str, int], *links: tuple[str, str, str], gone: Sequence[str] = ()) -> CaseFile:
    """Return a case of people (name: year of birth), the first of them the client, and their relations."""
    names = list(people)
    return CaseFile(
        case=Case(id="c", opened_on=TODAY),
        persons=tuple(
            Person(id=name, given_names=name, sex="female", birth_date=PartialDate(year))
            for name, year in people.items()
        ),
        members=tuple(
            Member(
                id=f"m{name}", case_id="c", person_id=name,
                role=Role.CLIENT if name == names[0] else Role.OTHER,
                until=date(2020, 1, 1) if name in gone else None,
            )
            for name in names
        ),
        relations=tuple(
            Relation(id=f"r{number}", case_id="c", person_id=one, kind=kind, other_id=other)
            for number, (one, kind, other) in enumerate(links)
        ),
    )  # fmt: skip


def lines(picture: Genogram) -> list[list[str]]:
    """Return the rows from above, each from left to right."""
    rows = sorted({one.row for one in picture.nodes})
    return [
        [one.key for one in sorted(picture.nodes, key=lambda each: each.x) if one.row == row] for row in rows
    ]


def assert_nobody_stands_on_another(picture: Genogram) -> None:
    for one in picture.nodes:
        for other in picture.nodes:
            if one.key < other.key and one.row == other.row:
                assert abs(one.x - other.x) > 0.999, (one.key, other.key)


def test_one_person_stands_alone() -> None:
    picture = genogram(SHIPPED.rules.relations, case_file({"Amna": 1992}), TODAY)
    [node] = picture.nodes
    assert (node.x, node.row, node.age, node.client, node.inside) == (0.0, 0, "33", True, True)
    assert (picture.pairs, picture.families, picture.threads) == ((), (), ())


def test_a_couple_stands_side_by_side() -> None:
    picture = genogram(
        SHIPPED.rules.relations, case_file({"Amna": 1992, "Tarig": 1990}, ("Tarig", "partner", "Amna")), TODAY
    )
    assert {one.row for one in picture.nodes} == {0}
    [pair] = picture.pairs
    assert (pair.kind, pair.direct) == ("partner", True)


def test_five_children_stand_below_the_middle_of_their_parents_in_the_order_of_birth() -> None:
    born = {"Amna": 1985, "Tarig": 1983, **{f"K{year}": year for year in (2020, 2010, 2015, 2012, 2018)}}
    parents = [(one, "parent", child) for one in ("Amna", "Tarig") for child in list(born)[2:]]
    picture = genogram(
        SHIPPED.rules.relations, case_file(born, ("Amna", "partner", "Tarig"), *parents), TODAY
    )
    assert_nobody_stands_on_another(picture)
    assert sorted(lines(picture)[0]) == ["Amna", "Tarig"]
    assert lines(picture)[1] == ["K2010", "K2012", "K2015", "K2018", "K2020"]
    [family] = picture.families
    places = {one.key: one.x for one in picture.nodes}
    assert places["K2015"] == pytest.approx((places["Amna"] + places["Tarig"]) / 2)
    assert len(family.children) == 5


def test_three_generations_stand_below_one_another() -> None:
    picture = genogram(SHIPPED.rules.relations,
        case_file(
            {"Amna": 1992, "Tarig": 1990, "Mona": 1965, "Said": 1960, "Hind": 1963, "Lina": 2019},
            ("Amna", "partner", "Tarig"), ("Mona", "parent", "Amna"), ("Said", "parent", "Amna"),
            ("Tarig", "child", "Hind"), ("Lina", "child", "Amna"), ("Lina", "child", "Tarig"),
        ),
        TODAY,
    )  # fmt: skip
    assert_nobody_stands_on_another(picture)
    above, middle, below = lines(picture)
    assert sorted(above) == ["Hind", "Mona", "Said"]
    assert (sorted(middle), below) == (["Amna", "Tarig"], ["Lina"])
    places = {one.key: one.x for one in picture.nodes}
    assert (places["Hind"] > places["Mona"]) == (places["Tarig"] > places["Amna"]), "lines would cross"


def test_a_patchwork_family_has_each_child_below_its_own_parents() -> None:
    picture = genogram(SHIPPED.rules.relations,
        case_file(
            {"Amna": 1985, "Omar": 1980, "Tarig": 1983, "Eva": 1984, "Ali": 2008, "Lina": 2019, "Max": 2010},
            ("Amna", "separated", "Omar"), ("Amna", "partner", "Tarig"), ("Tarig", "separated", "Eva"),
            ("Amna", "parent", "Ali"), ("Omar", "parent", "Ali"),
            ("Amna", "parent", "Lina"), ("Tarig", "parent", "Lina"),
            ("Tarig", "parent", "Max"), ("Eva", "parent", "Max"),
            gone=("Omar", "Eva"),
        ),
        TODAY,
    )  # fmt: skip
    assert_nobody_stands_on_another(picture)
    grown, children = lines(picture)
    assert grown in (["Omar", "Amna", "Tarig", "Eva"], ["Eva", "Tarig", "Amna", "Omar"])
    assert children in (["Ali", "Lina", "Max"], ["Max", "Lina", "Ali"])
    assert all(pair.direct for pair in picture.pairs)
    assert [one.key for one in picture.nodes if not one.inside] == ["Omar", "Eva"]
    assert {one.kind for one in picture.pairs} == {"partner", "separated"}


def test_the_role_in_the_case_is_enough_for_a_picture() -> None:
    file = case_file({"Amna": 1992, "Lina": 2019, "Mona": 1965})
    roles = {"Amna": Role.CLIENT, "Lina": Role.CHILD, "Mona": Role.PARENT}
    members = tuple(
        Member(id=f"m{name}", case_id="c", person_id=name, role=role) for name, role in roles.items()
    )
    picture = genogram(
        SHIPPED.rules.relations, CaseFile(case=file.case, persons=file.persons, members=members), TODAY
    )
    assert lines(picture) == [["Mona"], ["Amna"], ["Lina"]]


def test_arrows_lead_along_the_relations() -> None:
    picture = genogram(SHIPPED.rules.relations,
        case_file(
            {"Amna": 1992, "Tarig": 1990, "Mona": 1965, "Lina": 2019},
            ("Amna", "partner", "Tarig"), ("Mona", "parent", "Amna"), ("Lina", "child", "Amna"),
        ),
        TODAY,
    )  # fmt: skip
    assert picture.neighbour("Amna", "up") == "Mona"
    assert picture.neighbour("Amna", "down") == "Lina"
    assert {picture.neighbour("Amna", "left"), picture.neighbour("Amna", "right")} == {"", "Tarig"}
    assert picture.neighbour("Lina", "down") == ""


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 20),
    st.lists(st.tuples(st.integers(0, 19), st.sampled_from(KINDS), st.integers(0, 19)), max_size=30),
)
def test_whatever_is_entered_nobody_is_lost_or_covered(count: int, found: list[tuple[int, str, int]]) -> None:
    people = {f"P{number:02}": 1950 + number for number in range(count)}
    links = [
        (f"P{one:02}", kind, f"P{other:02}")
        for one, kind, other in found
        if one != other and max(one, other) < count
    ]
    picture = genogram(SHIPPED.rules.relations, case_file(people, *links), TODAY)
    assert sorted(one.key for one in picture.nodes) == sorted(people)
    assert_nobody_stands_on_another(picture)
    assert min(one.x for one in picture.nodes) == pytest.approx(0)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 20), st.data())
def test_parents_always_stand_above_their_children(count: int, data: st.DataObject) -> None:
    people = {f"P{number:02}": 1950 + number for number in range(count)}
    names = list(people)
    links = []
    for number in range(1, count):
        parent = data.draw(st.integers(0, number - 1))
        links.append((names[parent], "parent", names[number]))
    picture = genogram(SHIPPED.rules.relations, case_file(people, *links), TODAY)
    rows = {one.key: one.row for one in picture.nodes}
    assert all(rows[one] < rows[other] for one, _, other in links)
    assert_nobody_stands_on_another(picture)
