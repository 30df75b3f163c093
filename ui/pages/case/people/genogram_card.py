"""The card of the genogram: the picture, what looks odd about it, and the same as a list of sentences."""

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from kimdesk.casework import relations
from kimdesk.domain.records import CaseFile, Relation
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.scroll import Columns, column
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.case.cards import joined, span
from ui.pages.case.editing import Editing
from ui.pages.case.people.genogram import genogram
from ui.pages.case.people.genogram_view import GenogramView
from ui.text import tr
from ui.theme import theme

_LIST = 340  # pixels at 100 %
_HIGHEST = 560


class GenogramCard(Card):
    """How the persons of the case belong together, drawn and in words."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(tr("Genogram"))
        self.setObjectName("genogram_card")
        self._editing = editing
        self._shown: dict[str, Relation] = {}
        add = secondary(tr("Add a relation"), "plus", "small")
        add.setObjectName("add_relation")
        add.clicked.connect(lambda: self._begin(self.view.chosen, ""))
        self.add_action(add)
        self.view = GenogramView()
        self.view.wanted.connect(lambda key: editing.open("person", key))
        self.view.related.connect(self._begin)
        self.view.relation_asked.connect(lambda key: self._begin(key, ""))
        self.view.seen.connect(self._keep_in_sight)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(False)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(self.view)
        self._notice = Notice("info", "", "", "question")
        self._notice.setObjectName("relation_hints")
        self._list = CardList()
        self._list.setObjectName("relation_list")
        self._list.acted.connect(self._act)
        self.body.addWidget(self._notice)
        self.body.addWidget(Columns([(self._picture_side(), 0), (column(self._list), _LIST)]))

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the persons of ``file`` and how they belong together."""
        self.view.show_picture(genogram(file, today))
        bar = self._scroll.horizontalScrollBar().sizeHint().height()
        self._scroll.setFixedHeight(min(self.view.height() + bar, theme().px(_HIGHEST)))
        found = relations.all_of(file)
        self._shown = {_key(one): one for one in found}
        self._list.set_cards([_card(one, file) for one in found])
        hints = relations.hints(file)
        self._notice.set(
            "info", tr("Please have another look"), "\n".join(one.words for one in hints), "question"
        )
        self._notice.setVisible(bool(hints))

    def _picture_side(self) -> QWidget:
        keys = tr(
            "Arrow keys lead from person to person, Enter opens her, Insert begins a relation. "
            "With the mouse, draw a line from one person to the other."
        )
        signs = tr(
            "Circle: female. Square: male. Diamond: another or no entry. Dashed: not in the household. "
            "Double slash: separated or divorced. Dotted: another relation."
        )
        lines = [Text(words, "meta", "text-2", wrap=True) for words in (signs, keys)]
        return column(self._scroll, *lines, spacing=8)

    def _keep_in_sight(self, place: QRectF) -> None:
        middle = place.center().toPoint()
        self._scroll.ensureVisible(
            middle.x(), middle.y(), round(place.width() / 2), round(place.height() / 2)
        )

    def _begin(self, one: str, other: str) -> None:
        file = self._editing.file
        if file is not None:
            self._edit(Relation(case_id=file.case.id, person_id=one, other_id=other))

    def _act(self, key: str, _: str) -> None:
        relation = self._shown.get(key)
        if relation is not None:
            self._edit(relation)

    def _edit(self, relation: Relation) -> None:
        desk = self._editing.context.desk
        pair = f"{relation.case_id}:{relation.person_id}:{relation.other_id}"
        self._editing.edit(relation, save=lambda found: relations.relate(desk, found), draft=pair)


def _key(one: Relation) -> str:
    return one.id or f"role_{one.person_id}"


def _card(one: Relation, file: CaseFile) -> CardItem:
    words = joined(span(one.since, one.until), one.note)
    entered = bool(one.id)
    return CardItem(
        _key(one),
        relations.said(one, file),
        words if entered else tr("From the role in the case"),
        icon="tree-structure",
        actions=(("edit", tr("Edit")) if entered else ("record", tr("Enter …")),),
    )
