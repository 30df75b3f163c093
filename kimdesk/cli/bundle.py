"""``kimdeskctl bundle``: look at a bundle without keys."""

from argparse import Namespace
from dataclasses import asdict

from kimdesk.cli.outcome import Outcome
from kimdesk.sync import envelope


def inspect(args: Namespace) -> Outcome:
    """Show header, suite, sizes and key identifiers."""
    data = asdict(envelope.inspect(args.file))
    return Outcome(data, tuple(f"{name}: {value}" for name, value in data.items()))
