"""The referrals of a case as a short list: where to, how it stands."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from kimdesk.casework.checklists import case_lines
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile, Referral
from kimdesk.domain.referral_steps import ReferralStanding, standing
from kimdesk.domain.terms import ItemState, ReferralState
from kimdesk.texts import say
from kimdesk.texts.referrals import state as state_word
from ui.case.cards import referral_name
from ui.case.referrals.looks import LOOKS
from ui.case.referrals.rows import UNCLEAR, known_service, sign_of
from ui.kit.icons import known, paint_icon, resolve
from ui.kit.listing import Listing, TaskRow
from ui.kit.rows import (
    MIDDLE_RIGHT,
    ItemRole,
    is_chosen,
    is_hovered,
    paint_bar,
    paint_ground,
    paint_line,
    paint_text,
)
from ui.theme import theme

_STATE = 300  # the room for the state, in pixels at 100 %


class ReferralList(Listing):
    """The referrals as rows of two lines; ``opened`` carries the chosen one."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(fit=True)
        self._catalogue = catalogue
        self.setItemDelegate(_Delegate(self))
        self.setObjectName("referral_list")
        self.setAccessibleName(say("case.referrals"))
        self.selectionModel().currentChanged.connect(self._tell)

    def show_referrals(self, referrals: Sequence[Referral], chosen: str, file: CaseFile, day: date) -> None:
        """Show ``referrals`` of ``file`` as they stand on ``day``, ``chosen`` lit; nothing is reported."""
        blocked = self.selectionModel().blockSignals(True)
        self.set_rows([(None, [_row(self._catalogue, one, file, day) for one in referrals])])
        if chosen in self.keys():
            self.setCurrentIndex(self.model().index(self.keys().index(chosen), 0))
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.opened.emit(current.data(ItemRole.KEY))


class _Delegate(QStyledItemDelegate):
    """Paints icon, agency and state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return two lines."""
        return QSize(theme().px(200), theme().px(46))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one referral: where to and what for, its state at the right."""
        look, px = theme(), theme().px
        row: TaskRow = index.data(ItemRole.ROW)
        place = QRectF(option.rect)
        last = index.row() == index.model().rowCount() - 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen(option) or is_hovered(option):
            ground = look.color("tint" if is_chosen(option) else "sunken")
            paint_ground(painter, place, ground, option.widget, last)
        if is_chosen(option):
            paint_bar(painter, place)
        side = px(18)
        shape, filled, _ = resolve(row.icon)
        sign = QRectF(place.left() + px(12), place.center().y() - side / 2, side, side)
        paint_icon(painter, sign, shape, look.color("text-2"), filled)
        words = place.adjusted(px(44), px(4), -px(_STATE + 14), 0)
        words.setHeight(px(20))
        paint_text(painter, words, row.title, "strong")
        paint_text(painter, words.translated(0, px(19)), row.reason, "meta", "text-2")
        state = QRectF(place.right() - px(_STATE), place.top(), px(_STATE - 14), place.height())
        paint_text(painter, state, row.date, "medium", row.tone, MIDDLE_RIGHT)
        if not last:
            paint_line(painter, place)
        painter.restore()


def _row(catalogue: Catalogue, referral: Referral, file: CaseFile, day: date) -> TaskRow:
    sheet = known_service(catalogue, referral)
    stands = standing(referral, day)
    state = state_word(stands)
    if referral.state is ReferralState.PREPARED:
        signs = [sign_of(line) for line in case_lines(catalogue, referral, file, day)]
        missing, unclear = signs.count(ItemState.MISSING), signs.count(UNCLEAR)
        parts = (
            state,
            say("case.n_missing", n=missing) if missing else "",
            say("case.n_to_be_clarified", count=unclear) if unclear else "",
        )
        state = " · ".join(filter(None, parts))
    icon = known(sheet.icon if sheet else "", "paper-plane-tilt")
    name, offer = referral_name(catalogue, referral), sheet.offer if sheet else ""
    return TaskRow(icon, _tone(stands), name, "", offer, state, "", referral.id)


def _tone(stands: ReferralStanding) -> str:
    return {ReferralStanding.PREPARED: "warn", ReferralStanding.SENT: "accent"}.get(stands, LOOKS[stands][1])
