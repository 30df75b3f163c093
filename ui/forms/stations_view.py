"""A long form on the screen, one station at a time: the list, the station, back and on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.forms.progress import EntryState
from kimdesk.texts import say
from ui import focus
from ui.forms.editors.combo import CodeCombo
from ui.forms.form_view import FormBody
from ui.forms.panel import FieldsPanel
from ui.forms.sections import section_card
from ui.forms.session import FormSession
from ui.forms.sources import Option
from ui.forms.station_list import StationList
from ui.forms.stations import Station, stations
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.text import Text
from ui.theme import theme


class StationsView(FormBody):
    """The station in the middle; ``list`` or ``selector`` and ``bar`` are placed by whoever shows the form.

    It is finished when „Weiter“ is pressed at the last station.
    """

    def __init__(self, session: FormSession) -> None:
        super().__init__(session)
        self._stations: list[Station] = stations(session.model)
        self._at = self._stations[0].path
        self._panel: FieldsPanel | None = None
        self.list = StationList()
        self.selector = CodeCombo(())
        self.selector.setObjectName("station_selector")
        self.selector.setAccessibleName(say("forms.areas_of_the_form"))
        self.bar = self._make_bar()
        self._place = QVBoxLayout(self)
        spaced(self._place, 12)
        self.list.chosen.connect(self.go)
        self.selector.picked.connect(lambda: self.go(self.selector.code() or self._at))
        session.restated.connect(self.renew)
        self._show()

    @property
    def station(self) -> Station:
        """Return the station on the screen."""
        return next((one for one in self._stations if one.path == self._at), self._stations[0])

    def go(self, path: str) -> None:
        """Show the station at ``path``."""
        if path != self._at:
            self._at = path
            self._show()
            self.moved.emit()

    def focus_path(self, path: str) -> bool:
        """Go to the station that holds the field at ``path`` and put the keyboard there."""
        section = path.partition(".")[0]
        holds = [one.path for one in self._stations if path == one.path or path.startswith(f"{one.path}.")]
        self.go(holds[0] if holds else section)
        return self.session.focus(path)

    def renew(self) -> None:
        """Show the states of the moment."""
        self._stations = stations(self.session.model)
        self.list.show_stations(self._stations, self._at)
        self.selector.set_options(tuple(Option(one.path, self._spoken(one)) for one in self._stations))
        self.selector.set_code(self._at)

    def progress(self) -> str:
        """Return „7 von 12 fertig“ for the life domains."""
        domains = [one for one in self._stations if one.is_domain]
        done = sum(one.state is EntryState.DONE for one in domains)
        return say("forms.done_total_filled", done=done, total=len(domains))

    def _show(self) -> None:
        self.renew()
        if self._panel:
            self._panel.drop()
            self._panel = None
        clear(self._place)
        station = self.station
        if station.is_domain:
            self._panel = FieldsPanel(self.session, station.section, station.path)
            if station.number == 1 and station.section.help:
                self._place.addWidget(Text(station.section.help, "table", "text-2", wrap=True))
            self._place.addWidget(self._panel)
        else:
            self._place.addWidget(section_card(self.session, station.section))
        self._place.addStretch(1)
        self._label_bar()

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        spaced(row, 8)
        self.back = secondary("", "arrow-left")
        self.back.setObjectName("station_back")
        self.goal = secondary(say("forms.make_it_a_goal"), "target")
        self.goal.setObjectName("station_goal")
        self.next = primary("", None)
        self.next.setObjectName("station_next")
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.next.set_icon("arrow-right")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.goal)
        row.addWidget(self.next)
        self.back.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.goal.clicked.connect(lambda: self.goal_wanted.emit(self.station.path.partition(".")[2]))
        return bar

    def _label_bar(self) -> None:
        before, after = self._neighbour(-1), self._neighbour(1)
        self.back.setVisible(before is not None)
        self.back.setText(before.short if before else "")
        words = say("forms.next_station", station=after.short) if after else say("forms.check_and_complete")
        self.next.setText(f"{words}\u2002")
        self.goal.setVisible(self.station.is_domain and not theme().stacked)

    def _step(self, turn: int) -> None:
        station = self._neighbour(turn)
        if station is None:
            self.finished.emit()
            return
        self.go(station.path)
        focus.soon(self._panel.first() if self._panel else None)

    def _neighbour(self, turn: int) -> Station | None:
        paths = [one.path for one in self._stations]
        at = paths.index(self._at) + turn if self._at in paths else 0
        return self._stations[at] if 0 <= at < len(paths) else None

    def _spoken(self, station: Station) -> str:
        if not station.is_domain:
            return station.label
        place = {"number": station.number, "total": station.total}
        return say("forms.number_of_total_station", station=station.label, **place)
