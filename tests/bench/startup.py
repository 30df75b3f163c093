"""Start to the first painted window, and memory there, against a bare main window."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kimdesk.casework.desk import Desk
from kimdesk.vault import Strength
from tests.bench.figures import Figure

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1366, 768); window.show()
QTimer.singleShot(0, lambda: (window.grab(), app.quit())); app.exec()
"""


# Runs what follows and leaves the peak of its own memory (kB) in a file: a child's usage as the system
# counts it would begin with that of the process it was forked from.
WATCHED = """
import atexit, re, runpy, sys
def leave(note=sys.argv[1]):
    peak = re.search("VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
    open(note, "w").write(peak)
atexit.register(leave)
"""


def _run(command: list[str], env: dict[str, str], note: Path) -> tuple[float, float]:
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000, int(note.read_text()) / 1024


def figures(home: Path) -> Iterator[Figure]:
    """Yield the time and the memory of the unlock window against a bare window."""
    folder = home / "vault"
    desk, _ = Desk.create(
        folder, "Nebel Kajak Distel Anker Pfiff Walze", name="Probe", user="", strength=Strength.INTERACTIVE
    )
    desk.close()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "KIMDESK_HOME": str(home / "settings")}
    note = home / "peak"
    start = (
        "sys.argv = ['ui', '--smoke', '--vault', sys.argv[2]]; runpy.run_module('ui', run_name='__main__')"
    )
    bare = [sys.executable, "-c", WATCHED + BARE, str(note)]
    ours = [sys.executable, "-c", WATCHED + start, str(note), str(folder)]
    _run(bare, env, note), _run(ours, env, note)
    pairs = [(_run(bare, env, note), _run(ours, env, note)) for _ in range(11)]
    for index, unit, work, goal in (
        (0, "ms", "start to first painted window", "≤ 1.35"),
        (1, "MiB", "memory at first window", "≤ 1.4"),
    ):
        floor = statistics.median(pair[0][index] for pair in pairs)
        yield Figure(
            work, "bare QMainWindow", floor, statistics.median(p[1][index] for p in pairs), goal, unit
        )
