"""What goes wrong between desks and Kreis, once of each kind, so that every page has something to show."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from kimdesk.domain.records import Goal
from kimdesk.practice.kreis.desks import PracticeDesk

Read = Callable[[Path, datetime], Path | None]


def happen(desks: Sequence[PracticeDesk], read: Read, now: datetime) -> None:
    """Let happen what is special about the desks; ``read`` reads a bundle in at the Kreis."""
    for index, each in enumerate(desks):
        moment = now - timedelta(minutes=3 * (len(desks) - index))
        match each.plan.special:
            case "twice":
                _twice(each, read, moment)
            case "changed":
                _changed(each, read, moment)
            case "foreign":
                _foreign(
                    each,
                    [one for one in desks if one.plan.special not in ("copied", "foreign")],
                    read,
                    moment,
                )
            case "copied":
                _copied(each, read, moment)


def _twice(desk: PracticeDesk, read: Read, moment: datetime) -> None:
    file = desk.send(moment - timedelta(hours=20))
    desk.take(read(file, moment - timedelta(hours=18)))
    read(file, moment)


def _changed(desk: PracticeDesk, read: Read, moment: datetime) -> None:
    """Let one byte of a bundle change on its way."""
    file = desk.send(moment)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    read(file, moment)


def _foreign(desk: PracticeDesk, others: Sequence[PracticeDesk], read: Read, moment: datetime) -> None:
    """Let a goal come along that another desk has sent already."""
    theirs = next((goal for each in others for goal in each.all(Goal)), None)
    own = next(desk.all(Goal), None)
    if theirs and own:
        desk.write(replace(own, id=theirs.id, rev=0))
    desk.take(read(desk.send(moment), moment))


def _copied(desk: PracticeDesk, read: Read, moment: datetime) -> None:
    """Let a copied laptop send another bundle under a number that is taken."""
    folder = desk.desk.vault.folder
    desk.desk.close()
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    for place, hours in ((folder, 30), (copy, 0)):
        again = desk.reopened(place)
        try:
            goal = next(again.all(Goal))
            again.write(replace(goal, priority=(goal.priority + (hours > 0)) % 3 + 1))
            at = moment - timedelta(hours=hours)
            read(again.send(at), at)
        finally:
            again.desk.close()
