"""``kimdeskctl kreis figures``: a report of the Kreis as PDF, Excel, CSV or JSON."""

import tomllib
from argparse import Namespace
from datetime import date
from pathlib import Path

from kimdesk.casework.desk import Desk
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.documents.figures import giving_out, tidy
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.indicators.values import Period
from kimdesk.kreis.steering import templates
from kimdesk.kreis.steering.report import draw
from kimdesk.kreis.steering.templates import ReportTemplate
from kimdesk.texts import report as words
from kimdesk.texts import say

_OWN = ".toml"
_LARGEST = 1_000_000


def give_out(args: Namespace) -> Outcome:
    """Draw a report, write it and keep it as given out."""
    day = args.today or today()
    giving_out.demand_known(args.out)
    with opened(args.vault, args.passphrase_file) as desk:
        template = _template(desk, args.report, day)
        report = draw(desk, template, Period(args.first, args.last), args.ags or "", today=day)
        giving_out.save(desk, report, args.out)
        figures = [line._asdict() for line in tidy.lines(report, desk.catalogue)]
    data = {
        "report": template.code, "version": template.version, "out": str(args.out), "digest": report.digest,
        "first": args.first.isoformat(), "last": args.last.isoformat(), "municipality": report.municipality,
        "hidden": report.hidden, "figures": figures,
    }  # fmt: skip
    line = say("cli.report_written", title=template.title, period=words.period(report.span), path=args.out)
    return Outcome(data, (line, say("cli.report_digest", digest=report.digest)))


def _template(desk: Desk, name: str, day: date) -> ReportTemplate:
    if not name.endswith(_OWN):
        return templates.template(desk.catalogue, name, day)
    path = Path(name)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ContentError("E819", place=say("cli.report_too_long"))
        return templates.parse(tomllib.loads(data.decode()), path.stem)
    except OSError:
        raise StoreError("E910") from None
    except (ValueError, RecursionError):
        raise ContentError("E819", place="TOML") from None
