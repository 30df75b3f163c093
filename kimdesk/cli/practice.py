"""``kimdeskctl practice``: the practice town and the practice Kreis."""

from argparse import Namespace

from kimdesk.cli.outcome import Outcome, progress_bar
from kimdesk.cli.secrets_in import first_line, opened
from kimdesk.cli.stopping import stoppable
from kimdesk.kreis import overview
from kimdesk.practice import fill as town
from kimdesk.practice.kreis.making import make
from kimdesk.texts import say


def fill(args: Namespace) -> Outcome:
    """Fill the vault with fictional cases, the same for the same seed."""
    with opened(args.vault, args.passphrase_file) as desk:
        written = town.fill(desk, args.cases, args.seed, progress=progress_bar(say("cli.practice_town")))
    return Outcome({"cases": written, "seed": args.seed}, (say("cli.practice_filled", written=written),))


def kreis(args: Namespace) -> Outcome:
    """Make a new Kreis vault for practice; Ctrl-C leaves nothing of it."""
    bar = progress_bar(say("cli.practice_kreis"))
    with stoppable():
        office, _ = make(args.vault, first_line(args.passphrase_file), seed=args.seed, progress=bar)
    with office:
        totals = overview(office).totals
        data = {"vault": str(args.vault), "desks": totals.desks, "cases": totals.here, "seed": args.seed}
    return Outcome(data, (say("cli.practice_kreis_made", desks=totals.desks, cases=totals.here),))
