"""Entry point of ``kimdeskctl``."""

import sys
from collections.abc import Sequence

from kimdesk.cage.helper import FLAG, called
from kimdesk.cli.outcome import Answer, Outcome, speak_utf8
from kimdesk.cli.parser import build_parser
from kimdesk.domain.errors import KimdeskError, StoreError
from kimdesk.texts import say
from kimdesk.vault.failures import refusal_of


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    0 done, 1 refused, 2 wrong usage, 3 our fault, 4 done but the answer could not be written.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == [FLAG]:
        return called(given)
    speak_utf8()
    args = build_parser().parse_args(given)
    args.answer = answer = Answer(as_json=args.json, again=say(f"cli_again.{args.again}"))
    try:
        outcome: Outcome = args.run(args)
    except KimdeskError as error:
        return answer.refused(error)
    except KeyboardInterrupt:
        return answer.refused(StoreError("E929"))
    except Exception as error:
        known = refusal_of(error)
        return answer.refused(known) if known else answer.fault(error)
    return answer.result(outcome)


if __name__ == "__main__":
    sys.exit(main())
