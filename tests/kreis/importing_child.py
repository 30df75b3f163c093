"""An office of the Kreis in a process of its own, which reads bundles in and says what came of each.

``python -m tests.kreis.importing_child VAULT RECEIPTS FILE …`` waits for a line of input before it begins.
"""

import json
import sys
from pathlib import Path

from kimdesk import kreis
from kimdesk.casework.desk import Desk
from tests.conftest import PASSPHRASE
from tests.sync.exchange import NOW


def tell(line: str) -> None:
    """Write a line to whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Read in what the command line names."""
    vault, receipts, *files = map(Path, sys.argv[1:])
    with Desk.unlock(vault, PASSPHRASE) as desk:
        tell("ready")
        sys.stdin.readline()
        for each in files:
            [found] = kreis.import_files(desk, [each], receipts, now=NOW)
            receipt = found.receipt.name if found.receipt else ""
            tell(json.dumps([each.name, found.result, found.code, receipt]))


if __name__ == "__main__":
    main()
