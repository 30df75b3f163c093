"""Which bundle may be taken over: the order of a desk's bundles, decided by a pure function.

Every desk numbers its bundles 1, 2, 3 … within an epoch (a restored backup starts a new one), and each
names the digest of the one before. A bundle carries everything since the last receipt, so a lost stick
heals itself; what cannot heal is two different bundles under one number: a copied laptop.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kimdesk.sync.gaps import Gap


class Verdict(StrEnum):
    """What to do with a bundle."""

    APPLY = "apply"
    DUPLICATE = "duplicate"  # known, or lost and found after a later one brought its changes: nothing to do
    FORK = "fork"  # not the bundle we know, or expect, under this number
    HOLD = "hold"  # changes before it, or the bundle that proves it, never arrived


@dataclass(frozen=True, slots=True)
class BundleChain:
    """What the Kreis knows of one desk: its epoch, its last bundle, the changes taken over so far.

    ``digests`` holds the digest of each bundle by number: as it arrived, or as its successor named it.
    ``former`` holds the digests of the epochs before by (epoch, number).
    """

    epoch: int = 1
    last_seq: int = 0
    applied_change: int = 0
    digests: Mapping[int, str] = field(default_factory=dict)
    former: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a bundle says of itself; ``prev`` is the digest of the one before, "" for the first."""

    epoch: int
    seq: int
    digest: str
    prev: str
    from_change: int
    to_change: int


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, and the numbers before this bundle of which nothing has arrived."""

    verdict: Verdict
    missing: tuple[Gap, ...] = ()


def decide(chain: BundleChain, claim: Claim) -> Decision:
    """Return what to do with a bundle (sequence rules of SECURITY.md §2).

    ==============================================  ====================================================
    number follows, chain fits, no changes missing  APPLY
    number known, same digest                       DUPLICATE
    number passed over, as its successor named it   DUPLICATE: its changes are here already
    number passed over, its successor missing too   HOLD: whose it is shows when the successor is there
    number known, other digest                      FORK
    numbers missing, no changes missing             APPLY, the missing ones are named
    changes missing                                 HOLD
    ==============================================  ====================================================
    """
    if claim.epoch < chain.epoch:
        known = chain.former.get((claim.epoch, claim.seq))
        return Decision(Verdict.DUPLICATE if known == claim.digest else Verdict.FORK)
    if claim.epoch > chain.epoch:
        chain = BundleChain(claim.epoch)
    return _passed(chain, claim) if claim.seq <= chain.last_seq else _next(chain, claim)


def _passed(chain: BundleChain, claim: Claim) -> Decision:
    known = chain.digests.get(claim.seq)
    if known == claim.digest and _fits(chain, claim):
        return Decision(Verdict.DUPLICATE)
    unsure = known is None and _fits(chain, claim) and claim.to_change <= chain.applied_change
    return Decision(Verdict.HOLD, (Gap(claim.seq + 1, claim.seq + 1),)) if unsure else Decision(Verdict.FORK)


def _next(chain: BundleChain, claim: Claim) -> Decision:
    if not _fits(chain, claim):
        return Decision(Verdict.FORK)
    missing = (Gap(chain.last_seq + 1, claim.seq - 1),) if claim.seq > chain.last_seq + 1 else ()
    healed = claim.from_change <= chain.applied_change + 1
    return Decision(Verdict.APPLY if healed else Verdict.HOLD, missing)


def _fits(chain: BundleChain, claim: Claim) -> bool:
    """Return whether the bundle before, as this one names it, is the one we know under its number."""
    if claim.seq == 1:
        return not claim.prev
    return bool(claim.prev) and chain.digests.get(claim.seq - 1, claim.prev) == claim.prev
