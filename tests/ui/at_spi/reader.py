"""Reads the program as a screen reader does; run by the Python of Debian, which brings ``gi``.

Answers a line on the standard input by one line of JSON: ``tree`` by what is showing, ``tree dialog`` by what
stands in dialogs, ``heard`` by what was
announced since it was asked last.
"""

import json
import sys
from typing import Any

import gi  # type: ignore[import-not-found]  # Debian's, which the tests themselves do not have

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402

_MANY = {"table", "tree table", "list", "list box", "tree"}  # their lines are read by the list alone
_heard: list[str] = []


def nodes(node: Any, out: list[dict[str, Any]]) -> None:
    """Collect what is showing below ``node``."""
    try:
        states = node.get_state_set()
        if not states.contains(Atspi.StateType.SHOWING) and node.get_role_name() != "application":
            return
        role = node.get_role_name()
        labels = [
            relation.get_target(at).get_name()
            for relation in node.get_relation_set()
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
            for at in range(relation.get_n_targets())
        ]
        out.append({"role": role, "name": node.get_name(), "says": node.get_description(), "labels": labels,
                    "focused": states.contains(Atspi.StateType.FOCUSED)})  # fmt: skip
        for at in range(0 if role in _MANY else node.get_child_count()):
            if (child := node.get_child_at_index(at)) is not None:
                nodes(child, out)
    except GLib.Error:  # it went while it was read
        return


def tree(role: str = "") -> list[dict[str, Any]]:
    """Return what the program shows, with a ``role`` only what stands in such windows."""
    desktop = Atspi.get_desktop(0)
    out: list[dict[str, Any]] = []
    for at in range(desktop.get_child_count()):
        one = desktop.get_child_at_index(at)
        if one is not None and "kimdesk" in (one.get_name() or "").lower():
            for window in (
                [one] if not role else [one.get_child_at_index(at) for at in range(one.get_child_count())]
            ):
                if not role or (window is not None and window.get_role_name() == role):
                    nodes(window, out)
    return out


def answer(_source: object, _condition: object) -> bool:
    """Answer one line."""
    asked = sys.stdin.readline().strip()
    if not asked:
        loop.quit()
        return False
    what, _, role = asked.partition(" ")
    found: list[Any] = tree(role) if what == "tree" else [_heard.pop(0) for _ in range(len(_heard))]
    print(json.dumps(found), flush=True)  # noqa: T201
    return True


listener = Atspi.EventListener.new(lambda event: _heard.append(str(event.any_data)))
listener.register("object:announcement")
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, answer)
print("ready", flush=True)  # noqa: T201
loop.run()
