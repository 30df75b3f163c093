"""The card of the genogram: the picture, what looks odd about it, and the same as a list of sentences."""

from datetime import date

from kimdesk.casework import relations
from kimdesk.catalogue.relation_rules import RelationRules
from kimdesk.domain.records import CaseFile, Relation
from kimdesk.texts import say
from kimdesk.texts.dates import span
from ui.case.cards import joined
from ui.case.editing import Editing
from ui.kit.cards import CardItem
from ui.kit.state import Notice
from ui.people.drawing import DrawingCard
from ui.people.genogram import genogram
from ui.people.genogram_view import GenogramView


class GenogramCard(DrawingCard):
    """How the persons of the case belong together, drawn and in words."""

    def __init__(self, editing: Editing) -> None:
        signs = say("people.circle_female_square_male_diamond")
        keys = say("people.arrow_keys_lead_from_person")
        self.view = GenogramView()
        super().__init__(
            say("people.genogram"), "genogram", say("people.add_a_relation"), self.view, (signs, keys)
        )
        self._editing = editing
        self._shown: dict[str, Relation] = {}
        self._notice = Notice("info", "", "", "question")
        self._notice.setObjectName("relation_hints")
        self.body.insertWidget(0, self._notice)
        self.add_wanted.connect(lambda: self._begin(self.view.chosen, ""))
        self.view.wanted.connect(lambda key: editing.open("person", key))
        self.view.related.connect(self._begin)
        self.view.relation_asked.connect(lambda key: self._begin(key, ""))
        self.view.seen.connect(self.keep_in_sight)
        self.list.acted.connect(self._act)

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the persons of ``file`` and how they belong together."""
        rules = self._editing.catalogue.rules.relations
        self.view.show_picture(genogram(rules, file, today))
        found = relations.all_of(rules, file)
        self._shown = {_key(one): one for one in found}
        self.list.set_cards([_card(rules, one, file) for one in found])
        self.show_empty(not file.persons)
        hints = "\n".join(one.words for one in relations.hints(self._editing.catalogue, file))
        self._notice.set("info", say("people.please_have_another_look"), hints, "question")
        self._notice.setVisible(bool(hints))

    def _begin(self, one: str, other: str) -> None:
        self._edit(Relation(case_id=self._editing.file.case.id, person_id=one, other_id=other))

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


def _card(rules: RelationRules, one: Relation, file: CaseFile) -> CardItem:
    words = joined(span(one.since, one.until), one.note)
    entered = bool(one.id)
    return CardItem(
        _key(one),
        relations.said(rules, one, file),
        words if entered else say("people.from_role_case"),
        icon="tree-structure",
        actions=(("edit", say("common.edit")) if entered else ("record", say("people.enter")),),
    )
