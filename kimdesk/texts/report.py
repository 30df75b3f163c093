"""What is said of the figures of a report: values, periods, and how they changed."""

from kimdesk.indicators.values import Period, Says
from kimdesk.kreis.steering import spans
from kimdesk.kreis.steering.report_values import FigureStatus, ReportFigure, ReportRow, ReportTable
from kimdesk.texts import dates, numbers
from kimdesk.texts.speech import GERMAN, Speech


def period(span: Period, speech: Speech = GERMAN) -> str:
    """Return „September – November 2026“ for whole months, else both days."""
    if not spans.months(span):
        return dates.span(span.first, span.last, speech)
    last = dates.month(span.last, speech)
    if spans.months(span) == 1:
        return last
    first = dates.month(span.first, speech)
    if span.first.year == span.last.year:
        first = first.rpartition(" ")[0]
    return speech.say("report.months", first=first, last=last)


def compared(table: ReportTable, span: Period, before: Period, speech: Speech = GERMAN) -> str:
    """Return with what a value is compared: „Juni – August“, „am 31.08.2026“; the year where it differs."""
    if table.asked.sheet.dated == "day":
        return speech.say("report.day", day=before.last)
    said = period(before, speech)
    same_year = before.first.year == before.last.year == span.last.year and spans.months(before)
    return said.rpartition(" ")[0] if same_year else said


def value(table: ReportTable, figure: ReportFigure, threshold: int, speech: Speech = GERMAN) -> str:
    """Return a figure as it is read: „612“, „9 Tage“, „71 % (30 von 42)“, „unter 5“, „verdeckt“."""
    if figure.value is None or figure.status is not FigureStatus.SHOWN:
        return _hidden(figure.status, threshold, speech)
    if table.says is Says.MEDIAN_DAYS:
        return speech.say("report.days_taken", n=figure.value)
    if table.says is Says.SHARE:
        return speech.say(
            "report.share", percent=numbers.percent(figure.value / 100, speech),
            having=figure.having or 0, number=figure.number or 0,
        )  # fmt: skip
    return numbers.whole(figure.value, speech)


def _hidden(status: FigureStatus, threshold: int, speech: Speech) -> str:
    if status is FigureStatus.SMALL:
        return speech.say("report.small", threshold=threshold)
    return speech.say("report.covered" if status is FigureStatus.COVERED else "report.nothing")


def middle_half(figure: ReportFigure, speech: Speech = GERMAN) -> str:
    """Return between how many days the middle half took, "" where that is not said."""
    if figure.quartiles is None:
        return ""
    first, last = figure.quartiles
    return speech.say("report.middle_half", first=first, last=last)


def change(table: ReportTable, row: ReportRow, span: Period, before: Period, speech: Speech = GERMAN) -> str:
    """Return how a value changed, in a sentence with the period."""
    said, moved = compared(table, span, before, speech), row.change
    if moved is None:
        return speech.say("report.no_comparison")
    if moved == 0:
        return speech.say("report.same", period=said)
    way = "more" if moved > 0 else "less"
    if table.says is Says.MEDIAN_DAYS:
        return speech.say(f"report.days_{way}", n=abs(moved), period=said)
    if table.says is Says.SHARE:
        return speech.say(f"report.points_{way}", n=abs(moved), period=said)
    return speech.say(f"report.count_{way}", moved=numbers.whole(abs(moved), speech), period=said)
