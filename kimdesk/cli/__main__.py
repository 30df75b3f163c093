"""Entry point of ``kimdeskctl``."""

import sys
from collections.abc import Sequence

from kimdesk.cage.helper import FLAG, called
from kimdesk.cli.outcome import Outcome, report_fault, report_refusal, report_result
from kimdesk.cli.parser import build_parser
from kimdesk.domain.errors import KimdeskError
from kimdesk.texts import say

DONE, REFUSED, WRONG_USAGE, FAULT = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (0 done, 1 refused, 2 wrong usage, 3 our fault)."""
    given = sys.argv[1:] if argv is None else argv
    if given[:1] == [FLAG]:
        return called(list(given))
    args = build_parser().parse_args(argv)
    try:
        outcome: Outcome | None = args.run(args)
    except KimdeskError as error:
        report_refusal(error, as_json=args.json)
        return REFUSED
    except Exception as error:
        report_fault(error, as_json=args.json)
        return FAULT
    if outcome is None:
        print(say("cli.not_yet"), file=sys.stderr)
        return WRONG_USAGE
    report_result(outcome, as_json=args.json)
    return REFUSED if outcome.refusal else DONE


if __name__ == "__main__":
    sys.exit(main())
