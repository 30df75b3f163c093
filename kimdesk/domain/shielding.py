"""Whose address stays hidden: Auskunftssperre (§ 51 BMG) and Gewaltschutz."""

from kimdesk.domain.records import Person

SHIELDED = ("street", "postcode", "city", "phone", "email")
"""The fields of a shielded person that are shown nowhere but in her own form, after being asked for."""


def is_shielded(person: Person) -> bool:
    """Return whether address, phone and e-mail of ``person`` stay hidden."""
    return person.protected or person.address_blocked
