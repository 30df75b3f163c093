"""``kimdeskctl case``: two versions of a value, and the decision between them."""

from argparse import Namespace
from typing import Any

from kimdesk.casework import conflicts
from kimdesk.casework.conflicts import TwoVersions
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.domain.kinds import kind_of
from kimdesk.texts.field_words import ChangeWords


def listing(args: Namespace) -> Outcome:
    """Show what is to be decided in a case, then what was decided."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = [_version(desk.catalogue, one) for one in conflicts.of_case(desk, args.id)]
    lines = [f"{one['id']} {one['kind']} {one['path']} {one['decision'] or '?'}" for one in found]
    return Outcome({"versions": found}, tuple(lines))


def decide(args: Namespace) -> Outcome:
    """Keep what is here, take the other version, say it in own words, or open a decision again."""
    with opened(args.vault, args.passphrase_file) as desk:
        if args.reopen:
            conflicts.reopen(desk, args.id)
        else:
            conflicts.decide(desk, args.id, take=args.take, reason=args.reason, own=args.own)
    return Outcome({"id": args.id})


def _version(catalogue: Catalogue, one: TwoVersions) -> dict[str, Any]:
    words = ChangeWords(catalogue)
    said = [
        {"field": each.label, "mine": words.before(each), "theirs": words.after(each)} for each in one.changes
    ]
    return {
        "id": one.id, "kind": kind_of(type(one.mine)), "record": one.mine.id, "path": one.path,
        "from": one.source, "by": one.theirs_made.by, "gone": one.gone, "decision": one.decision,
        "fields": [] if one.hidden else said,
    }  # fmt: skip
