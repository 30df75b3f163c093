"""The dialog that adds or edits one typed record by its form."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import Record
from kimdesk.forms.answers import effective
from kimdesk.forms.records import answers_of, with_answers
from kimdesk.forms.validate import Problem
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.forms import warning
from ui.forms.conflict import ConflictNotice
from ui.forms.display import differences
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.earlier import offer_earlier
from ui.forms.form_view import FormView
from ui.forms.leaves import COLUMN_GAP
from ui.forms.model import FormModel
from ui.forms.session import FormSession
from ui.forms.sources import Sources
from ui.kit.buttons import quiet
from ui.kit.dialog import MARGIN, Dialog
from ui.kit.state import Notice
from ui.theme import theme

R = TypeVar("R", bound=Record)
WIDTH, WIDE = 680, 1280
STALE = "E905"
_REMOVED_ELSEWHERE = {"attachment"}  # its bytes would not come back


class RecordDialog(Dialog, Generic[R]):
    """Edits ``record``; ``saved`` carries it as it was stored, ``removed`` as it was before it went.

    What was typed and not saved stays a draft. The fields ``concealed`` are not shown until the session
    reveals them.
    """

    saved = Signal(object)
    removed = Signal(object)

    def __init__(
        self, parent: QWidget, context: Context, record: R, sources: Sources, *,
        save: Callable[[R], R] | None = None, question: str = "", case_id: str = "",
        concealed: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.kind = name = kind_of(type(record))
        definition = context.catalogue.record_form(name)
        super().__init__(
            parent,
            question or (definition.edits if record.id else definition.asks),
            accept=say("common.save") if record.id else say("common.add"),
        )
        self.setObjectName(f"edit_{name}")
        self.accept_button.setObjectName("save_record")
        self._context, self._record, self._save = context, record, save or self._save_record
        self._asking: dict[str, Callable[[], None]] = {}
        self._definition = definition
        model = FormModel(self._definition, answers_of(self._definition, record))
        self.session = FormSession(model, sources, self)
        self.session.concealed = frozenset(concealed)
        warning.watch(self, context, self.session, getattr(record, "case_id", ""), self.reject)
        self.widen(WIDTH)
        self._spread = False
        self._form = FormView(self.session, plain=True)
        self.body.addWidget(self._form)
        key = f"record:{name}:{record.id or f'new:{case_id}'}"
        self._draft = DraftKeeper(context, key, self._draft_body, self)
        self.session.changed.connect(self._draft.touch)
        self._draft.load(self._take_draft)
        if record.id and name not in _REMOVED_ELSEWHERE:
            self._offer_removal()
        if record.id:
            earlier = offer_earlier(self, context, self.session, name, record.id, case_id)
            self.button_row.insertWidget(self.button_row.count() - 3, earlier)

    @property
    def record_id(self) -> str:
        """Return the identity of the record, empty while it is new."""
        return self._record.id

    def accept(self) -> None:
        """Save; what is wrong or missing is shown at its field instead."""
        if found := self.session.check(complete=True):
            self._show(found[0])
            return
        self.set_busy(True)
        answers = effective(self._definition, self.session.model.answers)
        record, save = with_answers(self._definition, self._record, answers), self._save
        self._context.work.write(self, lambda: save(record), self._saved, self._refused)

    def when_refused(self, code: str, ask: Callable[[Callable[[Callable[[R], R]], None]], None]) -> None:
        """Call ``ask`` when saving is refused with ``code``; it is given what saves again, another way."""

        def again(save: Callable[[R], R]) -> None:
            self._save = save
            self.accept()

        self._asking[code] = lambda: ask(again)

    def flush(self) -> None:
        """Keep what is typed now (before the desk is locked)."""
        self._draft.flush()

    def arrange(self) -> None:
        """Use two columns where one would have to scroll."""
        inside = self.width() - 2 * theme().px(MARGIN)
        one_column = theme().stacked or len(self._definition.sections) == 1
        room = self.room_inside()  # as long as the dialog is narrow, and says its question in most lines
        if self._spread or one_column or self._form.height_at(inside) <= room:
            return
        self._spread = True
        self.widen(WIDE)
        width = (self.width() - 2 * theme().px(MARGIN) - theme().px(COLUMN_GAP)) // 2
        self._form.spread(width, room)

    def done(self, result: int) -> None:
        """Close; unsaved entries stay a draft that is offered next time."""
        self._draft.flush()
        super().done(result)

    def _save_record(self, record: R) -> R:
        from kimdesk.casework import records

        return records.save(self._context.desk, record)

    def _offer_removal(self) -> None:
        button = quiet(say("common.remove"), "trash")
        button.setObjectName("remove_record")
        button.clicked.connect(self._remove)
        self.button_row.insertWidget(0, button)

    def _remove(self) -> None:
        from kimdesk.casework import records

        desk, record = self._context.desk, self._record
        self._context.work.write(self, lambda: records.remove(desk, record), self._gone, self.set_problem)

    def _gone(self, _: None) -> None:
        self._draft.discard()
        self.removed.emit(self._record)
        super().accept()

    def _saved(self, record: R) -> None:
        self._draft.discard()
        self.saved.emit(record)
        super().accept()

    def _refused(self, explanation: Explanation) -> None:
        self.set_busy(False)
        if explanation.code in self._asking:
            self._asking[explanation.code]()
        elif explanation.code == STALE and self._record.id:
            self._context.work.read(self, self._stored, self._compare, self.set_problem)
        else:
            self.set_problem(explanation)

    def _stored(self) -> R:
        from kimdesk.casework import records

        return records.get(self._context.desk, type(self._record), self._record.id)

    def _compare(self, stored: R) -> None:
        theirs = answers_of(self._definition, stored)
        model, sources = self.session.model, self.session.sources
        unseen = self.session.concealed
        notice = ConflictNotice(differences(self._definition, model.answers, theirs, sources, unseen))
        self.body.insertWidget(0, notice)

        def settle(load: bool) -> None:
            self._record = stored
            if load:
                model.load(theirs)
                self.session.reload()
            notice.hide()
            notice.deleteLater()

        notice.keep.connect(lambda: settle(load=False))
        notice.take.connect(lambda: settle(load=True))

    def _draft_body(self) -> Body:
        return {"rev": self._record.rev, "answers": self.session.model.draft()}

    def _take_draft(self, body: Body | None) -> None:
        if not body or self.session.model.changed or not self._is_news(body["answers"]):
            return
        self._record = replace(self._record, rev=body["rev"])
        model = self.session.model
        stored = model.draft()
        model.take(body["answers"])
        self.session.reload()
        notice = Notice("tint", say("common.draft_restored"), say("forms.you_had_begun_fill"))
        notice.setObjectName("draft_restored")
        drop = quiet(say("forms.discard_draft"), size="small")
        drop.setObjectName("discard_draft")
        drop.clicked.connect(lambda: self._drop_draft(stored, notice))
        notice.add_action(drop)
        self.body.insertWidget(0, notice)

    def _is_news(self, answers: Any) -> bool:
        mine = effective(self._definition, self.session.model.answers)
        return bool(effective(self._definition, answers) != mine)

    def _drop_draft(self, stored: Body, notice: Notice) -> None:
        self.session.model.load(stored)
        self.session.reload()
        self._draft.discard()
        notice.hide()
        notice.deleteLater()

    def _show(self, problem: Problem) -> None:
        self.set_problem(None)
        self._form.focus_path(problem.path)


def saved_at(at: datetime) -> str:
    """Return „Entwurf gesichert um 10:24 Uhr“."""
    return say("forms.draft_kept_at_time", time=f"{at:%H:%M}")
