"""Whether the tests notice small faults: mutmut changes the code, the tests should fail.

`make mutants` takes every fifth mutant of each function of the rooms that `[tool.mutmut]` names;
`make mutants ARGS="'kimdesk.domain.law.*'"` takes all of one room. It ends with one line and fails when more
than a tenth is alive.
"""

import shutil
import subprocess
import sys
from collections import Counter, defaultdict

SAMPLE = "*__mutmut_*[16]"
ALIVE_AT_MOST = 0.10
MUTMUT = (sys.executable, "-m", "mutmut")
NOTICED = {"killed", "timeout", "segfault", "caught by type check"}


def outcomes() -> dict[str, str]:
    """What became of each mutant that was tried, by its name."""
    listed = subprocess.run((*MUTMUT, "results", "--all", "true"), capture_output=True, text=True, check=True)
    pairs = (line.strip().rsplit(": ", 1) for line in listed.stdout.splitlines() if ": " in line)
    return {name: outcome for name, outcome in pairs if outcome != "not checked"}


def main(names: list[str]) -> int:
    """Try the mutants; 1 when too many live."""
    shutil.rmtree("mutants", ignore_errors=True)  # what is kept of an earlier run would count too
    subprocess.run((*MUTMUT, "run", "--max-children", "2", *(names or [SAMPLE])), check=True)
    rooms: dict[str, Counter[bool]] = defaultdict(Counter)
    for name, outcome in outcomes().items():
        noticed = outcome in NOTICED
        rooms[name.rpartition(".")[0]][noticed] += 1
        if not noticed:
            print(f"alive: {name} ({outcome})")
    for room, count in sorted(rooms.items()):
        print(f"{room}: {count.total()} mutants, {count[False]} alive")
    total = sum(rooms.values(), Counter[bool]())
    share = total[False] / total.total()
    print(f"{total.total()} mutants, {total[True]} killed, {total[False]} alive: {share:.1%}")
    return int(share > ALIVE_AT_MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
