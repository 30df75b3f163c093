"""Sticks are lost, found, mixed up and copied: the ledger decides the same way whatever the order."""

from dataclasses import replace
from itertools import chain as joined
from itertools import permutations

import pytest

from kimdesk.kreis.taking.ledger import BundleChain, Claim, Decision, Verdict, decide
from kimdesk.sync.sealing.gaps import Gap

A, B, C = ("a" * 96, "b" * 96, "c" * 96)
KNOWN = BundleChain(last_seq=2, applied_change=20, digests={1: A, 2: B})


def extended(chain: BundleChain, claim: Claim) -> BundleChain:
    """Return the chain after ``claim`` was applied."""
    former = dict(chain.former)
    if claim.epoch > chain.epoch:
        former |= {(chain.epoch, seq): digest for seq, digest in chain.digests.items()}
        chain = BundleChain(claim.epoch)
    applied = max(chain.applied_change, claim.to_change)
    return noted(BundleChain(claim.epoch, claim.seq, applied, chain.digests, former), claim)


def noted(chain: BundleChain, claim: Claim) -> BundleChain:
    """Return the chain with what ``claim`` says of itself and of the bundle before it."""
    digests = {claim.seq: claim.digest, **chain.digests}
    if claim.prev:
        digests.setdefault(claim.seq - 1, claim.prev)
    return replace(chain, digests=digests)


def claim(seq: int, digest: str, prev: str, changes: tuple[int, int] = (21, 30), epoch: int = 1) -> Claim:
    return Claim(epoch, seq, digest, prev, *changes)


@pytest.mark.parametrize(
    ("arrives", "decision"),
    [
        (claim(3, C, B), Decision(Verdict.APPLY)),
        (claim(3, C, B, (1, 30)), Decision(Verdict.APPLY)),
        (claim(3, C, A), Decision(Verdict.FORK)),
        (claim(3, C, ""), Decision(Verdict.FORK)),
        (claim(3, C, B, (22, 30)), Decision(Verdict.HOLD)),
        (claim(5, C, "d"), Decision(Verdict.APPLY, (Gap(3, 4),))),
        (claim(5, C, "d", (25, 30)), Decision(Verdict.HOLD, (Gap(3, 4),))),
        (claim(5, C, ""), Decision(Verdict.FORK)),
        (replace(claim(5, C, "d"), earlier=["e", B]), Decision(Verdict.APPLY, (Gap(3, 4),))),
        (replace(claim(5, C, "d"), earlier=["e", C]), Decision(Verdict.FORK)),
        (replace(claim(5, C, "d"), earlier=["e", B, B]), Decision(Verdict.FORK)),
        (replace(claim(2, B, A, (11, 20)), earlier=[]), Decision(Verdict.DUPLICATE)),
        (claim(2, B, A, (11, 20)), Decision(Verdict.DUPLICATE)),
        (claim(2, C, A, (11, 20)), Decision(Verdict.FORK)),
        (claim(1, A, ""), Decision(Verdict.DUPLICATE)),
        (claim(1, C, "", (1, 10), epoch=2), Decision(Verdict.APPLY)),
        (claim(2, C, A, (1, 10), epoch=2), Decision(Verdict.APPLY, (Gap(1, 1),))),
        (claim(1, C, B, (1, 10), epoch=2), Decision(Verdict.FORK)),
        (claim(1, C, "", (5, 10), epoch=2), Decision(Verdict.HOLD)),
    ],
)
def test_the_rules(arrives: Claim, decision: Decision) -> None:
    assert decide(KNOWN, arrives) == decision


def test_a_new_desk_begins_at_one() -> None:
    assert decide(BundleChain(), claim(1, A, "", (1, 5))).verdict is Verdict.APPLY
    assert decide(BundleChain(), claim(1, A, B, (1, 5))).verdict is Verdict.FORK
    assert decide(BundleChain(), claim(2, B, A, (1, 9))) == Decision(Verdict.APPLY, (Gap(1, 1),))
    assert decide(BundleChain(), claim(2, B, A, (6, 9))).verdict is Verdict.HOLD


def test_an_epoch_that_is_over_brings_nothing_new() -> None:
    later = extended(KNOWN, claim(1, C, "", (1, 8), epoch=2))
    assert decide(later, claim(2, B, A)).verdict is Verdict.DUPLICATE
    assert decide(later, claim(3, C, B)).verdict is Verdict.FORK


def test_a_bundle_nothing_speaks_for_waits() -> None:
    later = extended(KNOWN, claim(5, C, "d" * 96, (21, 50)))
    assert decide(later, claim(3, "e" * 96, B, (21, 30))) == Decision(Verdict.HOLD, (Gap(4, 4),))
    assert decide(later, claim(3, "e" * 96, B, (21, 60))).verdict is Verdict.FORK, "it has changes we do not"


def test_a_bundle_that_was_passed_over_must_be_the_one_its_successor_named() -> None:
    later = extended(KNOWN, claim(4, C, "d" * 96, (21, 40)))
    assert decide(later, claim(3, "d" * 96, B, (21, 30))).verdict is Verdict.DUPLICATE
    assert decide(later, claim(3, "e" * 96, B, (21, 30))).verdict is Verdict.FORK


def written(length: int, received: int = 0) -> list[Claim]:
    """Return the bundles of a desk that had a receipt for the first ``received`` of them."""
    digests = [""] + [str(seq) * 96 for seq in range(1, length + 1)]
    return [
        claim(seq, digests[seq], digests[seq - 1], (10 * min(seq - 1, received) + 1, 10 * seq))
        for seq in range(1, length + 1)
    ]


def arrive(claims: tuple[Claim, ...]) -> tuple[BundleChain, list[Verdict]]:
    chain, verdicts = BundleChain(), []
    for each in claims:
        verdict = decide(chain, each).verdict
        verdicts.append(verdict)
        if verdict is Verdict.APPLY:
            chain = extended(chain, each)
        elif verdict is Verdict.DUPLICATE:
            chain = noted(chain, each)
    return chain, verdicts


ORDERS = list(joined.from_iterable(permutations(written(4), number) for number in range(5)))


@pytest.mark.parametrize("received", [0, 1, 2])
def test_whatever_arrives_in_whatever_order_the_newest_counts(received: int) -> None:
    bundles = written(4, received)
    for order in ORDERS:
        arriving = tuple(bundles[each.seq - 1] for each in order)
        chain, verdicts = arrive((*bundles[:received], *arriving))
        assert Verdict.FORK not in verdicts
        assert chain.last_seq == max((received, *(each.seq for each in arriving)))
        assert chain.applied_change == 10 * chain.last_seq
        again, repeated = arrive((*bundles[:received], *arriving, *arriving, *reversed(bundles)))
        assert (again.last_seq, again.applied_change) == (4, 40)
        late = repeated[received + len(arriving) : -4]
        assert set(late) <= {Verdict.DUPLICATE, Verdict.HOLD}
        assert Verdict.HOLD not in repeated[-4:], "once the newest is there, each one proves the one before"


def test_a_lost_bundle_is_proven_by_the_one_after_it() -> None:
    first, second, third, fourth = written(4)
    assert arrive((fourth, second))[1] == [Verdict.APPLY, Verdict.HOLD]
    assert arrive((fourth, third, second, first))[1] == [Verdict.APPLY, *[Verdict.DUPLICATE] * 3]
    assert arrive((first, fourth, third, second, third))[1][2:] == [Verdict.DUPLICATE] * 3


def test_a_kreis_that_lost_its_memory_holds_until_it_has_everything() -> None:
    first, second, third = written(3, received=2)
    chain, verdicts = arrive((third,))
    assert (verdicts, chain) == ([Verdict.HOLD], BundleChain())
    chain, verdicts = arrive((third, second, first, second, third))
    assert verdicts == [Verdict.HOLD, Verdict.HOLD, *[Verdict.APPLY] * 3]
    assert chain.applied_change == 30


def test_a_laptop_that_knows_less_than_its_copy_has_sent_is_noticed() -> None:
    """It wrote two sticks that never arrived: no number stands for two bundles, and no value differs."""
    after_the_copy = BundleChain(1, 2, 9, {1: "first", 2: "copy's second"})
    mine = Claim(1, 4, "my fourth", "my third", 6, 5)
    assert decide(after_the_copy, mine).verdict is Verdict.FORK
    assert decide(after_the_copy, replace(mine, to_change=9)).verdict is Verdict.APPLY


def test_two_desks_with_the_same_keys_are_always_noticed() -> None:
    """Whatever both write after the copy, and in whatever order it comes, one of them is set aside."""
    common, *own = written(3)
    copied = [claim(2, "x" * 96, common.digest, (1, 25)), claim(3, "y" * 96, "x" * 96, (1, 35))]
    for order in permutations([*own, *copied]):
        _, verdicts = arrive((common, *order))
        assert Verdict.FORK in verdicts
