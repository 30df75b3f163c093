"""Run everything in large numbers (``make torture``); figures are printed and kept in build/torture.jsonl."""

import os
import sys
from pathlib import Path

import pytest


def main() -> int:
    """Run the tests of this room; arguments go to pytest."""
    from tests.torture.measure import REPORT

    REPORT.unlink(missing_ok=True)
    wanted = sys.argv[1:] or [str(Path(__file__).parent)]
    return pytest.main(["-q", "-s", "-p", "no:cacheprovider", *wanted])


if __name__ == "__main__":
    os.environ["KIMDESK_TORTURE"] = "1"
    sys.exit(main())
