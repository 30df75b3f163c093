"""What is said of the network of all chains, on the page and on paper."""

from collections.abc import Iterable

from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.catalogue.network import SERVICE
from kimdesk.disclosure.values import CellFate
from kimdesk.indicators.values import Period
from kimdesk.kreis.steering.network import (
    ChainNetwork,
    NetworkStation,
    NetworkWay,
    WaitVerdict,
    asked_service,
)
from kimdesk.kreis.steering.network_protecting import WaitClass
from kimdesk.kreis.steering.values import DISMISSED, FindingCluster
from kimdesk.texts import dates
from kimdesk.texts.speech import say

_MONTHS_A_QUARTER = 3


def quarter(period: Period) -> str:
    """Return „3. Quartal 2026“."""
    return say(
        "network.quarter", number=(period.last.month - 1) // _MONTHS_A_QUARTER + 1, year=period.last.year
    )


def where(found: ChainNetwork) -> str:
    """Return of what municipality it is, „“ for the whole Kreis."""
    return municipality_name(found.ags) if found.ags else ""


def cases(one: NetworkStation) -> str:
    """Return „131 Fälle“, with what is wrong there; „“ where nothing may be said."""
    parts = [] if one.cases is None else [say("network.cases", n=one.cases)]
    if one.verdict is WaitVerdict.BOTTLENECK:
        parts.append(say("network.bottleneck"))
    return " · ".join(parts)


def name(found: ChainNetwork, key: str) -> str:
    """Return the name of a station, without the places where it may be broken."""
    return found.station(key).station.name.replace("\u00ad", "")


def title(found: ChainNetwork, one: NetworkWay) -> str:
    """Return „Kita-Platz → Integrationskurs“."""
    return say("network.from_to", before=name(found, one.way.before), after=name(found, one.way.after))


def number(one: NetworkWay) -> str:
    """Return how many cases went it, or why that is not told."""
    if one.cases.number is not None:
        return say("network.cases", n=one.cases.number)
    return say("network.below_five") if one.cases.fate is CellFate.SMALL else say("network.covered")


def on_the_way(one: NetworkWay) -> str:
    """Return „64 · 9 Tage“, or as much of it as may be told."""
    if one.cases.number is None or one.days is None:
        return number(one)
    return say("network.number_and_days", number=one.cases.number, days=say("network.days", n=one.days))


def why(one: NetworkWay) -> str:
    """Return the sentence of a way."""
    return one.way.why or say("network.by_chain", chain=one.way.chain)


def change(one: NetworkWay) -> str:
    """Return how the waiting changed, „“ when one of both quarters says nothing."""
    if one.days is None or one.days_before is None:
        return ""
    by = one.days - one.days_before
    if by == 0:
        return say("network.as_long_as_before")
    return say("network.longer_than_before", n=by) if by > 0 else say("network.shorter_than_before", n=-by)


def wait_class(one: WaitClass, before: WaitClass | None) -> str:
    """Return „bis 60 Tage“; the last class is longer than the one ``before``."""
    if one.upto is not None:
        return say("network.up_to_days", n=one.upto)
    return say("network.above_days", n=before.upto or 0) if before else ""


def who(one: NetworkWay) -> str:
    """Return „vor allem Mütter“, „“ when nothing holds for most."""
    return say(f"network.who_{one.who}") if one.who else ""


def municipalities(one: NetworkWay) -> str:
    """Return „6 bis 10 Gemeinden“, „“ when it is not said."""
    return say(f"network.where_{one.where}") if one.where else ""


def against_agreed(one: NetworkWay) -> str:
    """Return „41 statt 28 Tage“, „58 von 42 Tagen“ where it is within; „“ without both."""
    if one.days is None or one.agreed is None:
        return ""
    if one.days > one.agreed:
        return say("network.instead_of_days", days=one.days, n=one.agreed)
    return say("network.of_days", days=one.days, n=one.agreed)


def difference(one: NetworkWay) -> str:
    """Return „+13“ or „−2“ days against what was agreed."""
    over = one.over
    return "" if over is None else f"+{over}" if over > 0 else f"−{-over}" if over else "0"


def verdict(one: NetworkWay) -> str:
    """Return „Engpass“, „beobachten“ or „“."""
    words = {WaitVerdict.BOTTLENECK: say("network.bottleneck"), WaitVerdict.WATCH: say("network.watch")}
    return words.get(one.verdict, "")


def hangs_on(found: ChainNetwork, one: NetworkWay) -> str:
    """Return what a bottleneck holds up: who waits, and where most go on from there."""
    parts = [number(one)]
    if one.verdict is WaitVerdict.WATCH:
        longer = (one.over or 0) > 0
        told = say("network.longer_nobody_behind") if longer else say("network.still_within")
        return " · ".join((*parts, told))
    behind = [each for each in found.behind(asked_service(one.way)) if each.way != one.way]
    if behind:
        after = name(found, behind[0].way.after)
        parts.append(say("network.cases_go_on", n=behind[0].cases.number or 0, after=after))
    return " · ".join(parts)


def spoken(found: ChainNetwork, one: NetworkWay) -> str:
    """Return a way in one line, as it is read aloud."""
    told = (title(found, one), on_the_way(one), against_agreed(one), verdict(one))
    return ", ".join(each for each in told if each)


def findings_about(clusters: Iterable[FindingCluster], one: NetworkWay) -> int:
    """Return how many findings are bundled about a service of the way, without what was dismissed."""
    services = {key.partition(".")[2] for key in (one.way.before, one.way.after) if key.startswith(SERVICE)}
    return sum(
        each.reach.findings
        for each in clusters
        if each.state != DISMISSED and services.intersection(each.wording.services)
    )


def row(found: ChainNetwork, one: NetworkWay) -> tuple[str, str, str, str, str, str, str]:
    """Return a way as a row: from, to, cases, median, agreed, difference, state."""
    told = number(one) if one.cases.number is None else str(one.cases.number)
    return (
        name(found, one.way.before),
        name(found, one.way.after),
        told,
        "–" if one.days is None else str(one.days),
        "–" if one.agreed is None else str(one.agreed),
        difference(one) or "–",
        verdict(one),
    )


def notes(found: ChainNetwork) -> tuple[str, ...]:
    """Return what is to be known besides: whose numbers are missing, and what a hidden number means."""
    told = (
        [say("network.silent_desks", n=len(found.silent), names=", ".join(found.silent))]
        if found.silent
        else []
    )
    if found.ags:
        told.append(say("network.municipality_hides"))
    return tuple(told)


def definitions(found: ChainNetwork) -> tuple[str, ...]:
    """Return how it was counted, for the foot of paper."""
    first, last = dates.full(found.period.first), dates.full(found.period.last)
    return (
        say("network.defines_cases", first=first, last=last),
        say("network.defines_days"),
        say("network.defines_verdict"),
        say("network.defines_hidden"),
    )
