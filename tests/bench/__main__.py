"""Run all figures, print the table and write ``build/bench.json``. A figure never fails the run.

``trace`` prints what a few things cost in calls, files and statements instead.
"""

import json
import sys
import tempfile
from pathlib import Path

from tests.bench import (
    attaching,
    bundle,
    day,
    deltas,
    indicators,
    lists,
    opening,
    paper,
    pictures,
    referrals,
    rules,
    saving,
    startup,
    trace,
)

PARTS = {
    "startup": startup, "opening": opening, "saving": saving, "attaching": attaching, "lists": lists,
    "day": day, "bundle": bundle, "deltas": deltas, "pictures": pictures, "rules": rules, "paper": paper,
    "indicators": indicators, "referrals": referrals,
}  # fmt: skip


def main() -> None:
    """Measure the parts named on the command line, or all."""
    wanted = sys.argv[1:] or [
        part for part in PARTS if part not in ("deltas", "indicators", "referrals")
    ]  # in bundle; long
    if wanted == ["trace"]:
        with tempfile.TemporaryDirectory() as home:
            trace.show(Path(home))
        return
    found = []
    print(f"{'work':46} {'against':34} {'floor':>9} {'ours':>9} {'':3} {'ratio':>7}    goal")
    for name in wanted:
        with tempfile.TemporaryDirectory() as home:
            for figure in PARTS[name].figures(Path(home)):
                print(figure.line(), flush=True)
                found.append(figure.as_dict())
    target = Path("build")
    target.mkdir(exist_ok=True)
    (target / "bench.json").write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
