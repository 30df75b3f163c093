"""Who is responsible for a service, in words."""

from kimdesk.casework.local_offices import Responsibility
from kimdesk.texts import say
from kimdesk.texts.bidi import apart


def who(found: Responsibility) -> str:
    """Return „Zuständig: Kreis Borken“, the office the desk noted, or that it has to be found out."""
    if found.name:
        return say("local_office.noted", name=found.name)
    if found.by_law is None:
        return _level(found)
    if found.by_law.is_open:
        first, second = found.by_law.bodies
        return say("local_office.open", first=first, second=second)
    return say("local_office.by_law", body=found.by_law.bodies[0])


def _level(found: Responsibility) -> str:
    if found.placeless:
        return say("local_office.without_place", level=found.level)
    if found.to_ask:
        return say("local_office.varies", level=found.level)
    return say("local_office.level", level=found.level)


def reached(found: Responsibility) -> str:
    """Return address and telephone as the desk noted them, "" without."""
    noted = found.noted
    parts = (noted.address.replace("\n", ", "), noted.phone) if noted else ()
    return apart(" · ").join(filter(None, parts))


def addressed(found: Responsibility, service: str) -> str:
    """Return to whom a paper goes: the office as the desk noted it, else ``service`` and whose it is.

    „Ausländerbehörde, Kreis Borken“; where it has to be found out, the service alone.
    """
    if found.noted:
        where = (found.noted.name or service, found.noted.address.replace("\n", ", "))
        return apart(", ").join(filter(None, where))
    if found.by_law is None or found.by_law.is_open:
        return service
    return apart(", ").join((service, found.by_law.bodies[0]))


def kind(found: Responsibility) -> str:
    """Return what kind of body it is („eine gemeinsame Einrichtung …“), "" where there is one kind only."""
    form = found.by_law.form if found.by_law else ""
    return say(f"local_office.as_{form}") if form else ""
