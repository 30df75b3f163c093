"""Shares and medians tell of people too: what of them may be said."""

from kimdesk.disclosure.values import THRESHOLD, CellFate, Shown


def publishable_share(having: Shown, lacking: Shown) -> bool:
    """Return whether a share may be said: both those who have the property and those who lack it are shown.

    Both must have been cells of the protected tables, with a ``Sum`` that makes up all of them.
    """
    return having.fate is CellFate.SHOWN and lacking.fate is CellFate.SHOWN


def publishable_days(number: Shown, units: int, cases: int, *, threshold: int = THRESHOLD) -> bool:
    """Return whether median and quartiles of days may be said: how many there are is shown, and they are at
    least the threshold, from as many cases. Least and greatest are days of one person and are never said.
    """
    return number.fate is CellFate.SHOWN and min(units, cases) >= threshold
