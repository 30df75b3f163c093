"""The page Vorlagen: the free letters of this desk, and those of the catalogue to copy from."""

from collections.abc import Sequence

import msgspec

from kimdesk.casework.events import SETTING, Shows
from kimdesk.casework.templates import KnownTemplate
from kimdesk.catalogue.templates import Template
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.buttons import primary, way_back
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.scroll import Page
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.templates.dialog import LetterTemplateDialog
from ui.places import Place

_NEW = Template(code="", title="", about="client", subject="", body="")


class TemplatesPage(DeskPage, Page):
    """Own ones are changed, those of the catalogue copied; each is looked at as it will be printed."""

    shows = Shows(SETTING, "catalogue")

    def __init__(self, context: Context) -> None:
        super().__init__(say("template.templates"))
        self.setObjectName("templates_page")
        self._context = context
        self._known: dict[str, Template] = {}
        back = way_back(say("common.settings"), "to_settings")
        back.clicked.connect(lambda: context.navigate(Place("settings")))
        self.add_action(back)
        add = primary(say("template.new"), "plus")
        add.setObjectName("new_template")
        add.clicked.connect(lambda: self.edit(_NEW))
        self.add_action(add)
        self.body.addWidget(Text(say("template.what_for"), "body", "text-2", wrap=True))
        self._problem = Notice("bad")
        self._problem.hide()
        self._own, self._shared = CardList(), CardList()
        self._empty = EmptyState("envelope-simple", say("template.none_of_your_own"))
        for title, *widgets in (
            (say("template.own"), self._empty, self._own),
            (say("template.of_the_catalogue"), self._shared),
        ):
            card = Card(title)
            for widget in widgets:
                card.body.addWidget(widget)
            self.body.addWidget(card)
        self.body.insertWidget(1, self._problem)
        self._own.acted.connect(self._act)
        self._shared.acted.connect(self._act)

    def refresh(self) -> None:
        """Read the templates again."""
        from kimdesk.casework import templates

        desk = self._context.desk
        self._context.work.read(self, lambda: templates.every(desk), self._show, self._refused)

    def edit(self, template: Template) -> None:
        """Open a template; without a code it is a new one."""
        LetterTemplateDialog(self, self._context, template, self._saved).open()

    def _show(self, known: Sequence[KnownTemplate]) -> None:
        self._known = {each.template.code: each.template for each in known}
        own = [_item(each, ("edit", "copy", "drop")) for each in known if each.own]
        self._own.set_cards(own)
        self._shared.set_cards([_item(each, ("copy",)) for each in known if not each.own])
        self._empty.setVisible(not own)

    def _act(self, code: str, action: str) -> None:
        if (template := self._known.get(code)) is None:
            return
        if action == "edit":
            self.edit(template)
        elif action == "copy":
            self.edit(msgspec.structs.replace(template, code="", version=1))
        else:
            self._drop(template)

    def _drop(self, template: Template) -> None:
        from kimdesk.casework import templates

        desk, work = self._context.desk, self._context.work

        def dropped(gone: Template) -> None:
            words = say("template.dropped", title=gone.title)
            self._context.toast(words, lambda: work.write(self, lambda: templates.put_back(desk, gone)))

        work.write(self, lambda: templates.drop(desk, template.code), dropped, self._refused)

    def _saved(self, template: Template) -> None:
        self._problem.hide()
        self._context.toast(say("template.saved", title=template.title))

    def _refused(self, told: Explanation) -> None:
        self._problem.explain(told)
        self._problem.show()


def _item(known: KnownTemplate, actions: Sequence[str]) -> CardItem:
    one = known.template
    return CardItem(
        key=one.code,
        title=one.title,
        text=say(f"template.to_{one.about}"),
        icon="envelope-simple",
        actions=[(each, say(f"template.act_{each}")) for each in actions],
    )
