"""``kimdeskctl rules responsible``: who is responsible for a service in a municipality, without a vault."""

from argparse import Namespace

from kimdesk.casework.local_offices import responsible_by_law
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.municipalities import municipality
from kimdesk.cli.outcome import Outcome
from kimdesk.domain.errors import ContentError
from kimdesk.texts import offices, say


def tell(args: Namespace) -> Outcome:
    """Say it for the code of a service and the key (AGS) of a municipality.

    Raises ContentError E899 for a service that nobody knows, E729 for a key that is none in NRW.
    """
    code = args.service.replace("-", "_")
    if not SHIPPED.versions(code):
        raise ContentError("E899", name=code)
    if municipality(args.municipality) is None:
        raise ContentError("E729")
    found = responsible_by_law(SHIPPED, code, args.municipality)
    law = found.by_law
    answer = {
        "service": code,
        "level": found.level,
        "bodies": list(law.bodies) if law else [],
        "open": found.to_ask,
        "form": law.form if law else "",
        "source": law.source if law else "",
        "checked": law.checked if law else False,
    }
    lines = [offices.who(found), offices.kind(found)]
    if law:
        lines.append(say("local_office.source", source=law.source))
        lines.append("" if law.checked else say("local_office.unchecked_rule"))
    return Outcome(answer, tuple(filter(None, lines)))
