"""How tests call the places of a case."""

from ui.places import Place


def in_case(case_id: str, place: str = "") -> Place:
    """Return a place of a case: ``plan``, ``intake`` for the form of a phase, ``goal:<id>`` for a record."""
    kind, is_record, key = place.partition(":")
    return Place("case", case_id, kind=kind, key=key) if is_record else Place("case", case_id, place)
