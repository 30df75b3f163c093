"""``kimdeskctl bundle``: look at a bundle without keys."""

from argparse import Namespace
from dataclasses import asdict

from kimdesk.cli.outcome import Outcome
from kimdesk.documents.slip import slip
from kimdesk.domain import media
from kimdesk.sync.sealing import envelope
from kimdesk.sync.sealing.short_words import short_words
from kimdesk.texts import say


def inspect(args: Namespace) -> Outcome:
    """Show header, suite, sizes and key identifiers."""
    digest = envelope.unproven_digest(args.file)
    words = short_words(digest)
    data = asdict(envelope.inspect(args.file)) | {"digest": digest.hex(), "words": words}
    return Outcome(data, tuple(f"{name}: {value}" for name, value in data.items()))


def write_slip(args: Namespace) -> Outcome:
    """Write the slip with what two people compare on the telephone."""
    media.write(args.out, slip(args.file))
    return Outcome({"slip": str(args.out)}, (say("cli.slip_written", path=args.out),))
