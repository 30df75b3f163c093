"""Whether a condition holds in a case: yes, no or not known, by what, for whom, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from kimdesk.domain.needs.conditions import (
    All,
    Answered,
    AnyOf,
    ByHand,
    During,
    Fact,
    Group,
    Need,
    NoneOf,
    Somebody,
    Test,
)
from kimdesk.domain.needs.facts import CaseFacts, PersonFacts, Recorded

PLAIN = (Fact.AGE, Fact.STAY)
"""Facts that are numbers."""


@dataclass(frozen=True, slots=True)
class SeenFact:
    """What a person was judged by: a number (years of age, months of stay) or codes of ``fact``."""

    person_id: str
    fact: Fact
    number: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact nobody has entered yet: of a person, of the household, or an answer in a form.

    ``earlier``: what is of today is known, what was before is not.
    """

    fact: Fact
    person_id: str = ""
    form: str = ""
    field: str = ""
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A part that decided: it holds or not, by what was seen of whom."""

    part: Somebody | Answered | ByHand
    holds: bool
    seen: tuple[SeenFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """``truth``: True, False or None for not known. ``persons``: for whom it holds, where that matters.

    ``lacking`` can say something besides True too: of whom nobody knows yet whether it is for them as well.
    """

    truth: bool | None
    persons: tuple[str, ...] = ()
    because: tuple[Evidence, ...] = ()
    lacking: tuple[MissingFact, ...] = ()


def judge(condition: Need, facts: CaseFacts) -> Judgement:
    """Return whether ``condition`` holds by ``facts``."""
    match condition:
        case Somebody():
            return _somebody(condition, facts)
        case Answered():
            return _answered(condition, facts)
        case ByHand():
            return Judgement(None, lacking=(MissingFact(Fact.JUDGEMENT),))
        case All(parts):
            return _joined([judge(each, facts) for each in parts], decides=False)
        case AnyOf(parts):
            return _joined([judge(each, facts) for each in parts], decides=True)
        case NoneOf(parts):
            inner = _joined([judge(each, facts) for each in parts], decides=True)
            truth = None if inner.truth is None else not inner.truth
            return Judgement(truth, (), inner.because, () if inner.truth else inner.lacking)


def _joined(verdicts: list[Judgement], *, decides: bool) -> Judgement:
    """Return Kleene's and (one „no“ decides) or or (one „yes“ decides)."""
    deciding = [one for one in verdicts if one.truth is decides]
    unknown = [one for one in verdicts if one.truth is None]
    used = deciding or unknown or verdicts
    truth = decides if deciding else None if unknown else not decides
    told = used if decides or truth is not False else used[:1]
    persons = told[0].persons if not decides else tuple(each for one in told for each in one.persons)
    return Judgement(
        truth,
        tuple(dict.fromkeys(persons)) if truth else (),
        tuple(reason for one in told for reason in one.because),
        tuple(dict.fromkeys(lack for one in told for lack in one.lacking)),
    )


def _answered(wanted: Answered, facts: CaseFacts) -> Judgement:
    given = facts.answer(wanted.form, wanted.field)
    if not given:
        return Judgement(None, lacking=(MissingFact(Fact.ANSWER, form=wanted.form, field=wanted.field),))
    holds = any(one == each and isinstance(one, bool) is isinstance(each, bool)
                for one in wanted.among for each in given)  # fmt: skip
    seen = SeenFact("", Fact.ANSWER, codes=tuple(map(str, given)))
    return Judgement(holds, because=(Evidence(wanted, holds, (seen,)),))


def _somebody(wanted: Somebody, facts: CaseFacts) -> Judgement:
    judged = [(one, _passes(wanted, one)) for one in facts.of_group(wanted.who)]
    passing = [(person, seen) for person, (truth, seen, _) in judged if truth]
    lacking = tuple(lack for _, (truth, _, lacks) in judged if truth is None for lack in lacks)
    if passing:
        told = tuple(each for _, seen in passing for each in seen)
        return Judgement(
            True, tuple(person.id for person, _ in passing), (Evidence(wanted, True, told),), lacking
        )
    if not lacking and wanted.who is Group.CLIENT and not judged:
        lacking = (MissingFact(Fact.PERSON),)
    elif wanted.who is not Group.CLIENT and not facts.household_known:
        lacking = (*lacking, MissingFact(Fact.HOUSEHOLD))
    if lacking:
        return Judgement(None, lacking=lacking)
    against = tuple(each for _, (_, seen, _) in judged for each in seen[-1:])
    return Judgement(False, because=(Evidence(wanted, False, against),))


_Passed = tuple[bool | None, tuple[SeenFact, ...], tuple[MissingFact, ...]]


def _passes(wanted: Somebody, person: PersonFacts) -> _Passed:
    """Return whether ``person`` passes every test; what was seen ends with what failed."""
    seen: list[SeenFact] = []
    lacking: list[MissingFact] = []
    for truth, one in _tested(wanted, person):
        if truth is None:
            lacking.append(MissingFact(one.fact, person.id, earlier=_is_earlier(wanted, person, one.fact)))
            continue
        seen.append(one)
        if not truth:
            return False, tuple(seen), ()
    return (None if lacking else True), tuple(seen), tuple(dict.fromkeys(lacking))


def _tested(wanted: Somebody, person: PersonFacts) -> Iterable[tuple[bool | None, SeenFact]]:
    if wanted.tests == () and not _bounded(wanted):
        yield True, SeenFact(person.id, Fact.ROLE, codes=(person.role.value,))
    bounds = ((wanted.from_age, wanted.under_age), (wanted.from_stay, wanted.under_stay))
    for fact, (low, below) in zip(PLAIN, bounds, strict=True):
        if low is not None or below is not None:
            span = person.years(fact)
            yield _within(span, low, below), SeenFact(person.id, fact, span[0] if span else None)
    for test in wanted.tests:
        known = person.of(test.fact, wanted.during)
        truth = _among(test, known)
        whole = not truth or test.fact is Fact.NATIONALITY
        told = sorted(known.codes if whole else known.codes & set(test.among))
        yield truth, SeenFact(person.id, test.fact, codes=tuple(told))


def _is_earlier(wanted: Somebody, person: PersonFacts, fact: Fact) -> bool:
    """Return whether it is only what was before that nobody knows."""
    if fact in PLAIN or wanted.during is During.NOW:
        return False
    return wanted.during is During.EVER or person.of(fact, During.NOW).complete


def _bounded(wanted: Somebody) -> bool:
    bounds = (wanted.from_age, wanted.under_age, wanted.from_stay, wanted.under_stay)
    return any(one is not None for one in bounds)


def _within(span: tuple[int, int] | None, low: int | None, below: int | None) -> bool | None:
    if span is None:
        return None
    fewest, most = span
    if (low is not None and most < low) or (below is not None and fewest >= below):
        return False
    certain = (low is None or fewest >= low) and (below is None or most < below)
    return True if certain else None


def _among(test: Test, known: Recorded) -> bool | None:
    if known.codes & set(test.among):
        return True
    if not known.complete:
        return None
    return None if test.fact is Fact.PARAGRAPH and _may_be(test.among, known.codes) else False


def _may_be(among: Iterable[str], known: frozenset[str]) -> bool:
    """Return whether a paragraph without its Absatz can be one of those asked for."""
    bare = {one for one in known if not any(other.startswith(f"{one}.") for other in known)}
    return any(one.partition(".")[0] in bare for one in among)
