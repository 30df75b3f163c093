"""``kimdeskctl practice``: the practice town."""

from argparse import Namespace

from kimdesk.cli.outcome import Outcome, progress_bar
from kimdesk.cli.secrets_in import opened
from kimdesk.practice import fill as town
from kimdesk.texts import say


def fill(args: Namespace) -> Outcome:
    """Fill the vault with fictional cases, the same for the same seed."""
    with opened(args.vault, args.passphrase_file) as desk:
        written = town.fill(desk, args.cases, args.seed, progress=progress_bar(say("cli.practice_town")))
    return Outcome({"cases": written, "seed": args.seed}, (say("cli.practice_filled", written=written),))
