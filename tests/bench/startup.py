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


def _run(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit status {process.returncode}")
    return (time.perf_counter() - start) * 1000, usage.ru_maxrss / 1024


def figures(home: Path) -> Iterator[Figure]:
    """Yield the time and the memory of the unlock window against a bare window."""
    folder = home / "vault"
    desk, _ = Desk.create(
        folder, "Nebel Kajak Distel Anker Pfiff Walze", name="Probe", user="", strength=Strength.INTERACTIVE
    )
    desk.close()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "KIMDESK_HOME": str(home / "settings")}
    bare = [sys.executable, "-c", BARE]
    ours = [sys.executable, "-m", "ui", "--smoke", "--vault", str(folder)]
    _run(bare, env), _run(ours, env)
    pairs = [(_run(bare, env), _run(ours, env)) for _ in range(11)]
    for index, unit, work, goal in (
        (0, "ms", "start to first painted window", "≤ 1.35"),
        (1, "MiB", "memory at first window", "≤ 1.4"),
    ):
        floor = statistics.median(pair[0][index] for pair in pairs)
        yield Figure(
            work, "bare QMainWindow", floor, statistics.median(p[1][index] for p in pairs), goal, unit
        )
