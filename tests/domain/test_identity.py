"""Identities are version 7 UUIDs of now, and rise, however many threads ask for how many at once."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from kimdesk.domain.identity import new_id


def test_an_identity_is_a_uuid_of_version_7_made_now() -> None:
    before = time.time_ns() // 1_000_000
    text = new_id()
    found = uuid.UUID(text)
    assert (str(found), found.version, found.variant) == (text, 7, uuid.RFC_4122)
    milliseconds = found.int >> 80
    assert before <= milliseconds <= time.time_ns() // 1_000_000 + 1


def test_identities_rise_though_many_are_made_in_one_millisecond() -> None:
    made = [new_id() for _ in range(10_000)]
    assert all(one < other for one, other in pairwise(made))


def test_no_two_threads_get_the_same_place_in_time() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [
            each for some in pool.map(lambda _: [new_id() for _ in range(500)], range(8)) for each in some
        ]
    assert len({each[:18] for each in made}) == len(made)


def test_the_rest_of_an_identity_is_not_to_be_guessed() -> None:
    """62 random bits: over 200 identities each of them is seen both ways."""
    tails = [uuid.UUID(new_id()).int & (1 << 62) - 1 for _ in range(200)]
    once = every = tails[0]
    for tail in tails:
        once, every = once | tail, every & tail
    assert (once, every) == ((1 << 62) - 1, 0)
