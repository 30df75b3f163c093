"""Complete answers to the form of the first phase."""

from typing import Any


def access_answers() -> dict[str, Any]:
    """Return answers that leave nothing open in „Aktive Zugangsgestaltung“."""
    return {
        "contact": {
            "held_on": "2026-03-02",
            "route": "self",
            "urgency": "normal",
            "occasion": "Fragen zum Brief vom Jobcenter",
        },
        "communication": {"languages": [{"language": "ara", "level": "C2"}]},
        "reach": {"channels": ["visit"]},
        "outcome": {"result": "intake"},
    }
