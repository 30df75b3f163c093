"""Which bundle may be taken over: the order of a desk's bundles, decided by a pure function.

Every desk numbers its bundles 1, 2, 3 … within an epoch (a restored backup starts a new one), and each
names the digest of the one before, and of those before that back to the last receipt. A bundle carries
everything since the last receipt, so a lost stick heals itself; what cannot heal is two different histories
under one desk: a copied laptop, or a backup that was restored beside the laptop it came from. That is a fork,
and however many sticks of either were lost, the first bundle that names another one under a number shows it.
It stays open until a person decides which history counts; until then nothing of that desk is taken over.
Afterwards somebody is known to write beside it: a new epoch, or a bundle of whose predecessors nobody knows
any, is then for a person to decide as well.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kimdesk.sync.sealing.gaps import Gap


class Verdict(StrEnum):
    """What to do with a bundle."""

    APPLY = "apply"
    DUPLICATE = "duplicate"  # known, or lost and found after a later one brought its changes: nothing to do
    FORK = "fork"  # not the bundle we know, or expect, under this number
    PENDING = "pending"  # a person has to decide first which history counts
    DOUBT = "doubt"  # an epoch that cannot have begun yet: a clock is wrong, or somebody shuts the desk out
    REJECTED = "rejected"  # of a history that a person has decided against
    HOLD = "hold"  # changes before it, or the bundle that proves it, never arrived


@dataclass(frozen=True, slots=True)
class BundleChain:
    """What the Kreis knows of one desk: its epoch, its last bundle, the changes taken over so far.

    ``digests`` holds the digest of each bundle by number: as it arrived, or as its successor named it.
    ``former`` holds the digests of the other epochs by (epoch, number). ``latest``: the highest epoch that
    can have begun. ``forked``: a fork is open. ``contested``: one was, once. ``rejected``: digests of the
    histories that were decided against; nothing that follows on one of them counts.
    """

    epoch: int = 1
    last_seq: int = 0
    applied_change: int = 0
    digests: Mapping[int, str] = field(default_factory=dict)
    former: Mapping[tuple[int, int], str] = field(default_factory=dict)
    rejected: Collection[str] = ()
    forked: bool = False
    contested: bool = False
    latest: int = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Claim:
    """What a bundle says of itself.

    ``prev`` is the digest of the one before, "" for the first; ``earlier`` are those before that, as many as
    it names, the latest first.
    """

    epoch: int
    seq: int
    digest: str
    prev: str
    from_change: int
    to_change: int
    earlier: Sequence[str] = ()

    @property
    def named(self) -> dict[int, str]:
        """Return the digests of the bundles before it, by number, the latest first."""
        before = (self.prev, *self.earlier) if self.prev else ()
        return {self.seq - back: digest for back, digest in enumerate(before, start=1)}


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, and the numbers before this bundle of which nothing has arrived."""

    verdict: Verdict
    missing: tuple[Gap, ...] = ()


def decide(chain: BundleChain, claim: Claim) -> Decision:
    """Return what to do with a bundle (sequence rules of SECURITY.md §2), the first that holds:

    ==================================================  ================================================
    known under its number, and those it names fit      DUPLICATE, unless nothing after it came yet
    it, or one that it names, was decided against       REJECTED
    a fork of this desk is open                         PENDING
    an epoch that is over                               FORK
    a new epoch, later than any clock can be            DOUBT
    a new epoch after a fork                            PENDING
    number known or expected, other digest              FORK
    one before it is not the one we know                FORK
    number passed over, its successor missing too       HOLD: whose it is shows when that is there
    number passed over, with changes we do not have     FORK
    number follows, with fewer changes than we have     FORK: changes only rise, so these are a copy's
    after a fork: nobody knows any that it names        PENDING
    changes missing                                     HOLD
    number follows, or no changes are missing           APPLY, the missing numbers are named
    ==================================================  ================================================
    """
    if _known(chain, claim) == claim.digest and _is_over(chain, claim):
        return Decision(Verdict.DUPLICATE)
    if not {claim.digest, *claim.named.values()}.isdisjoint(chain.rejected):
        return Decision(Verdict.REJECTED)
    if chain.forked:
        return Decision(Verdict.PENDING)
    if claim.epoch > chain.epoch:
        return _new_epoch(chain, claim)
    return _in_epoch(chain, claim) if claim.epoch == chain.epoch else Decision(Verdict.FORK)


def _known(chain: BundleChain, claim: Claim) -> str | None:
    """Return the digest known under the number of a bundle."""
    if claim.epoch == chain.epoch:
        return chain.digests.get(claim.seq)
    return chain.former.get((claim.epoch, claim.seq))


def _is_over(chain: BundleChain, claim: Claim) -> bool:
    """Return whether a bundle that is known brings nothing new: passed by its successors, or its epoch is."""
    return claim.epoch != chain.epoch or (claim.seq <= chain.last_seq and _fits(chain, claim))


def _new_epoch(chain: BundleChain, claim: Claim) -> Decision:
    if claim.epoch > chain.latest:
        return Decision(Verdict.DOUBT)
    if chain.contested:
        return Decision(Verdict.PENDING)
    return _in_epoch(BundleChain(claim.epoch), claim)


def _in_epoch(chain: BundleChain, claim: Claim) -> Decision:
    if not _fits(chain, claim) or _known(chain, claim) not in (None, claim.digest):
        return Decision(Verdict.FORK)
    if claim.seq <= chain.last_seq:
        unsure = claim.to_change <= chain.applied_change
        waits_for = (Gap(claim.seq + 1, claim.seq + 1),)
        return Decision(Verdict.HOLD, waits_for) if unsure else Decision(Verdict.FORK)
    if claim.to_change < chain.applied_change:
        return Decision(Verdict.FORK)
    if chain.contested and claim.seq > 1 and chain.digests.keys().isdisjoint(claim.named):
        return Decision(Verdict.PENDING)
    missing = (Gap(chain.last_seq + 1, claim.seq - 1),) if claim.seq > chain.last_seq + 1 else ()
    healed = claim.from_change <= chain.applied_change + 1
    return Decision(Verdict.APPLY if healed else Verdict.HOLD, missing)


def _fits(chain: BundleChain, claim: Claim) -> bool:
    """Return whether the bundles before, as this one names them, are those we know under their numbers."""
    if claim.seq == 1:
        return not claim.prev
    named = claim.named
    return bool(named) and all(chain.digests.get(seq, digest) == digest for seq, digest in named.items())
