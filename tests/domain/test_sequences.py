"""Elements of a list are known again, and two changed lists get one order."""

import pytest

from kimdesk.domain.sequences import Key, joined_order, keyed


def test_what_stands_several_times_is_counted() -> None:
    found = keyed(["ara", "kmr", "ara", "ara"], str)
    assert list(found) == [Key("ara"), Key("kmr"), Key("ara", 1), Key("ara", 2)]
    assert [key.label for key in found] == ["ara", "kmr", "ara#2", "ara#3"]
    assert list(keyed([("ara", 1), ("ara", 2)], lambda each: each[0]).values()) == [("ara", 1), ("ara", 2)]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "joined", "both"),
    [
        ("abc", "abc", "abc", "abc", False),
        ("abc", "cab", "abc", "cab", False),  # one moved
        ("abc", "cab", "cab", "cab", False),  # both moved alike
        ("abc", "cba", "bac", "bac", True),  # each in its own way: the smaller counts
        ("abc", "xabc", "abc", "xabc", False),  # at the head
        ("abc", "abxyc", "abzc", "abxyzc", False),  # behind a neighbour, each run together
        ("abc", "abcx", "abcx", "abcx", False),
        ("abc", "cxab", "aybc", "cxayb", False),  # what is new goes with the neighbour that moved
        ("", "yx", "z", "yxz", False),
    ],
)
def test_two_orders_are_joined_whichever_is_called_mine(
    base: str, mine: str, theirs: str, joined: str, both: bool
) -> None:
    sides = [[Key(each) for each in side] for side in (base, mine, theirs)]
    kept = {*sides[1], *sides[2]}
    for one, other in ((1, 2), (2, 1)):
        order = joined_order(sides[0], sides[one], sides[other], kept)
        assert ("".join(key.text for key in order.keys), order.both) == (joined, both)


def test_what_is_not_kept_has_no_place() -> None:
    a, b, c = Key("a"), Key("b"), Key("c")
    assert joined_order([a, b], [b, a], [a, b, c], {a, c}).keys == (a, c)
