"""Every picture: its name, and what has to be shown for it. A new page is one more entry."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton, QScrollArea, QWidget

from kimdesk.casework import (
    attachments,
    cases,
    conflicts,
    disputes,
    records,
    referral_list,
    referrals,
    regime_changes,
)
from kimdesk.casework import phases as steps
from kimdesk.casework.document_join import Contradiction
from kimdesk.casework.referral_list import ReferralQuery
from kimdesk.domain import dates, phases
from kimdesk.domain.custody import Passage, PassageWay, Side, Stage
from kimdesk.domain.records import Person, PlanStep, RegimeChange
from kimdesk.domain.terms import ItemState, Phase
from kimdesk.store import passages
from kimdesk.texts import say
from tests.pdfs import field, sheet, stream
from tests.scan_samples import jpeg
from tests.screens import doors, popups
from tests.screens.camera import Camera, Shot, seen
from tests.ui.places import in_case
from ui.case.attachments.tab import AttachmentsTab
from ui.case.deadline import open_dialog
from ui.forms.editors.combo import CodeCombo
from ui.pages.cases.column_choice import ColumnsDialog
from ui.pages.cases.marked_bar import MarkedBar
from ui.pages.cases.table import CaseTable
from ui.pages.handover.lines import PreviewColumn
from ui.pages.person_list.page import PersonListPage
from ui.perspective.picture import LaneRow
from ui.places import Place
from ui.regimes.timeline import Timeline

PERSON = "Amna Osman"
FAMILY = "Mamadou Baldé"
_EMPTY = ("today", "cases", "referrals", "findings", "interpreting", "handover", "backup", "settings")


def _new_case(camera: Camera) -> None:
    camera.desk("cases")
    camera.press("new_case")
    dialog = camera._dialogs()[-1]
    for name, text in (("new_family_name", "Ossman"), ("new_given_names", "Amna")):
        seen(dialog, QLineEdit, name).setText(text)
    dialog._who.look()  # type: ignore[attr-defined]


def _referrals_press(camera: Camera, button: str) -> None:
    camera.desk("referrals")
    camera.press(button)


def _slip_read(camera: Camera) -> None:
    """Scan the slip of the first referral that waits."""
    camera.desk("referrals")
    page = camera.program.shell and camera.program.shell.current_page()
    assert page is not None
    line = seen(page, QLineEdit, "slip_code")
    line.setText(referrals.with_code(camera.stage.desk, _waiting_referral(camera)).slip_code)
    camera.press("read_slip")


def _waiting_referral(camera: Camera) -> str:
    found = referral_list.page(camera.stage.desk, ReferralQuery(), dates.today(), 0, 1)
    return found.rows[0].referral.id


def _achieved(camera: Camera, button: str) -> None:
    """Show what a family has achieved, or a dialog of it; an entry is a job."""
    camera.case(FAMILY, "people")
    client = cases.peek(camera.stage.desk, camera.row(FAMILY).id).client
    assert client
    page = camera.program.shell and camera.program.shell.current_page()
    assert page is not None
    top = page.findChild(QWidget, "achievements")
    area = page.findChild(QScrollArea, "tab_people")
    if top is not None and area is not None:
        area.verticalScrollBar().setValue(top.y() - 12)
    if button:
        camera.press(f"{button}_{client.id}")
    if button == "achievement_of":
        box = seen(camera._dialogs()[-1], QComboBox, "field_achievement_kind")
        box.setCurrentIndex(box.findText("Arbeit"))
        box.activated.emit(box.currentIndex())


def _versions(camera: Camera) -> None:
    """Show what a colleague who covered has said otherwise."""
    desk, case_id = camera.stage.desk, camera.row(PERSON).id
    file = cases.peek(desk, case_id)
    goal, client = file.goals[0], file.client
    assert client
    made = ("2026-11-25T15:40:00Z", "Miriam Kessler"), ("2026-11-19T10:05:00Z", "Anna Winter")
    said = [
        Contradiction(goal, replace(goal, text=f"{goal.text} bis zum Sommer"), ("text",), "", goal, *made),
        Contradiction(client, replace(client, phone="0151 0000 348"), ("phone",), "",
                      replace(client, phone=""), *made),
    ]  # fmt: skip
    with desk.writing() as writer:
        conflicts.note(writer, case_id, said, "Niederholt")
    camera.desk(Place("versions", key=case_id))
    QTest.qWait(300)


def _between(camera: Camera) -> None:
    """Show a case that a colleague covers, and the dialog that hands it over."""
    desk, case_id = camera.stage.desk, camera.row(PERSON).id
    lent = Passage(id="a" * 32, case_id=case_id, way=PassageWay.COVER, side=Side.GAVE, stage=Stage.LENT,
                   desk="b" * 32, desk_name="Niederholt", at=dates.now(),
                   until=dates.today() + timedelta(days=9))  # fmt: skip
    with desk.writing() as writer:
        if not passages.of_case(writer.connection, case_id):
            passages.note(writer.connection, lent, passages.Papers())
    camera.desk(Place("case", case_id))


def _filtered(camera: Camera) -> None:
    camera.desk("cases?key=due")
    seen(camera.window, QComboBox, "filter_phase").setCurrentIndex(6)


def _referral(camera: Camera) -> None:
    rows = cases.list_page(camera.stage.desk, cases.CaseQuery(order="name"), None, 50).rows
    files = (cases.peek(camera.stage.desk, row.id) for row in (camera.row(PERSON), *rows))
    file = next(file for file in files if file.referrals)
    camera.desk(Place("case", file.case.id, kind="referral", key=file.referrals[0].id))


def _checklist(camera: Camera) -> None:
    """The checklist of a prepared referral, what is to be clarified in view."""
    _referral(camera)
    tab = camera.window.findChildren(QScrollArea, "tab_referrals")[-1]
    camera.program.settle()
    seen(tab, QWidget, "checklist").setFocus()
    tab.verticalScrollBar().setValue(tab.verticalScrollBar().maximum() * 2 // 3)


def _new_referral(camera: Camera, service: str = "") -> None:
    """The dialog of a new referral: its list open, or a service chosen."""
    camera.case(PERSON, "referrals")
    camera.press("new_referral_button")
    combo = camera.window.findChildren(CodeCombo, "referral_service")[-1]
    if not service:
        combo.showPopup()
        return
    combo.set_code(service)
    combo.picked.emit()


def _office(camera: Camera) -> None:
    """Where it is noted who is responsible here."""
    _referral(camera)
    camera.press("note_office")


def _person_list(camera: Camera) -> None:
    path = camera.stage.home / "Unterkunft Nord.csv"
    lines = ["Nachname;Vorname;geb. am;Staatsangehörigkeit;Sprache;Zimmer"]
    lines += ["Müßig;Jürgen;24.11.1990;deutsch;Deutsch;12", "Osman;Amna;12.3.91;Syrien;Arabisch / Kurdisch;7"]
    lines += ["Yıldız;Ayşe;unbekannt;Türkei;Türkisch;7", ";;;;;3", "Diallo;Fatou;1987;Atlantis;Fulfulde;9"]
    path.write_text("\r\n".join(lines), encoding="cp1254")
    camera.desk("person_list")
    camera.window.findChildren(PersonListPage)[-1].open_file(path)


def _person_list_rows(camera: Camera) -> None:
    _person_list(camera)
    camera.press("look_at_rows")


def _person_list_report(camera: Camera) -> None:
    _person_list_rows(camera)
    camera.press("take_rows")


def _cases(camera: Camera, button: str) -> None:
    camera.desk("cases?key=due")
    camera.press(button)


def _marked(camera: Camera, act: str = "") -> None:
    """Show cases that are marked, one of them handed over, and what is asked before an act."""
    camera.desk("cases?key=active")
    rows = seen(camera.window, CaseTable, "case_table")
    rows.marks.replace(tuple(rows.rows.ids(0, 4)))
    if act:
        seen(camera.window, MarkedBar, "marked_bar").wanted.emit(act)


def _columns(camera: Camera) -> None:
    camera.desk("cases?key=active")
    rows = seen(camera.window, CaseTable, "case_table")
    ColumnsDialog(rows, rows.show_columns).open()


def _fields(camera: Camera) -> None:
    """Show a line of the preview field by field."""
    camera.desk("handover")
    part = seen(camera.window, PreviewColumn, "preview_stays")
    seen(part, QPushButton, "open_line").click()


def _scans(camera: Camera, button: str = "", *, shown: bool = True) -> None:
    rows = cases.list_page(camera.stage.desk, cases.CaseQuery(order="name"), None, 50).rows
    files = (cases.peek(camera.stage.desk, row.id) for row in rows)
    file = next(file for file in files if len(file.attachments) > 2)
    ending = min(file.attachments, key=lambda one: one.valid_until or date.max)
    case_id = file.case.id if shown else camera.row(PERSON).id
    camera.desk(in_case(case_id, f"attachment:{ending.id}" if shown else "attachments"))
    QTest.qWait(200)  # the page is drawn once its place has settled
    if button:
        camera.press(button)


def _adding(camera: Camera, name: str, data: bytes) -> None:
    """Add a file, which opens the dialog that describes it."""
    camera.case(PERSON, "attachments")
    (camera.stage.home / name).write_bytes(data)
    found = camera.window.findChild(AttachmentsTab)
    assert found is not None
    found.adder.add([camera.stage.home / name])


def _adding_twin(camera: Camera) -> None:
    case_id = camera.row(PERSON).id
    if all(one.title != "Passfoto" for one in cases.peek(camera.stage.desk, case_id).attachments):
        attachments.attach(camera.stage.desk, case_id, jpeg(300, 400), title="Passfoto")
    _adding(camera, "IMG_4711.jpg", jpeg(300, 400))


def _holding(camera: Camera) -> None:
    desk, case_id = camera.stage.desk, camera.row(PERSON).id
    kept = attachments.attach(desk, case_id, _dubious(), title="Antrag Kindergeld", document="other")
    camera.desk(in_case(case_id, f"attachment:{kept.id}"))
    QTest.qWait(200)


def _dubious() -> bytes:
    """Return a form with scripts, a file within, and what is to happen when it is opened."""
    return sheet(
        b"/OpenAction 5 0 R /Names << /EmbeddedFiles << /Names [(a.txt) 6 0 R] >> >>", b"/Annots [4 0 R]",
        field(b"/S /SubmitForm /F (http://x)", b"/Subtype /Widget /FT /Btn /T (x)"),
        b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        b"<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>", stream(b"hello", b"/Type /EmbeddedFile"),
    )  # fmt: skip


def _record(camera: Camera) -> None:
    camera.case(PERSON, "plan")
    file = cases.peek(camera.stage.desk, camera.row(PERSON).id)
    kind, records = ("goal", file.goals) if file.goals else ("person", file.persons)
    camera.case(PERSON, f"{kind}:{records[0].id}")


def _deadline(camera: Camera) -> None:
    camera.case(PERSON, "plan")
    easter = {"dated_on": "2026-02-27", "delivery": "post", "delivered_on": "2026-03-02"}
    shell = camera.program.shell
    assert shell is not None
    case_id = camera.row(PERSON).id
    open_dialog(camera.window, shell.context, case_id, easter, rule="objection_social")


def _deadline_court(camera: Camera) -> None:
    camera.case(PERSON, "plan")
    shell = camera.program.shell
    assert shell is not None
    notice = {"delivered_on": "2026-11-25", "delivery": "formal", "decision": "title_refused"}
    open_dialog(camera.window, shell.context, camera.row(PERSON).id, notice, rule="lawsuit_admin")


def _deadline_asylum(camera: Camera) -> None:
    camera.case(PERSON, "plan")
    shell = camera.program.shell
    assert shell is not None
    asked = {"posted_on": "2026-11-20", "delivery": "reception", "instruction": "missing"}
    open_dialog(camera.window, shell.context, camera.row(PERSON).id, asked, rule="lawsuit_asylum")


def _plan_press(camera: Camera, button: str) -> None:
    camera.case(PERSON, "plan")
    camera.press(button)


def _plan_weeks(camera: Camera) -> None:
    """Show the chain by weeks; the look before may have left it so, and the button leads back then."""
    camera.case(PERSON, "plan")
    switch = seen(camera.window, QPushButton, "chain_switch")
    if switch.text() != say("common.show_as_a_list"):
        switch.click()
    zoom = seen(camera.window, QPushButton, "chain_zoom")
    if zoom.text() == say("plan.weeks"):
        zoom.click()
    QApplication.processEvents()
    seen(camera.window, QScrollArea, "tab_plan").verticalScrollBar().setValue(0)


def _plan_dues(camera: Camera) -> None:
    camera.case(PERSON, "plan")
    tab = seen(camera.window, QScrollArea, "tab_plan")
    QApplication.processEvents()
    tab.verticalScrollBar().setValue(seen(tab, QWidget, "dues_card").mapTo(tab.viewport(), QPoint()).y())


def _plan_list(camera: Camera) -> None:
    camera.case(PERSON, "plan")
    switch = seen(camera.window, QPushButton, "chain_switch")
    if switch.text() == say("common.show_as_a_list"):
        switch.click()


def _regimes_press(camera: Camera, button: str) -> None:
    camera.case(PERSON, "regimes")
    camera.press(button)


def _regime_list(camera: Camera) -> None:
    camera.case(PERSON, "regimes")
    switch = seen(camera.window, QPushButton, "timeline_switch")
    if switch.text() == say("common.show_as_a_list"):
        switch.click()


def _regime_years(camera: Camera) -> None:
    camera.case(PERSON, "regimes")
    switch = seen(camera.window, QPushButton, "timeline_switch")
    if switch.text() != say("common.show_as_a_list"):
        switch.click()
    timeline = seen(camera.window, Timeline, "regime_timeline")
    timeline.show_frame(timeline.frame.zoomed("years"))


def _regime_change(camera: Camera) -> None:
    desk = camera.stage.desk
    file = cases.peek(desk, camera.row(PERSON).id)
    if not file.regime_changes and file.client:
        day = dates.today().replace(day=1)
        begun = regime_changes.begin(desk, file.case.id, file.client.id, "asylblg_basic", "sgb2", day)
        (made,) = begun.now(RegimeChange)
        regime_changes.set_item(desk, made.id, "asylblg_end", ItemState.PRESENT)
    _regimes_press(camera, "open_change_0")


def _title_warning(camera: Camera) -> None:
    _regimes_press(camera, "add_residence_spell")
    combo = seen(camera._dialogs()[-1], QComboBox, "field_status_status")
    combo.setCurrentIndex(combo.findData("none"))
    combo.activated.emit(combo.currentIndex())


def _people_press(camera: Camera, button: str) -> None:
    camera.case(PERSON, "people")
    camera.press(button)


def _drawings(camera: Camera) -> None:
    camera.case(PERSON, "people")
    for name in ("genogram", "network"):
        switch = seen(camera.window, QPushButton, f"{name}_switch")
        if switch.text() == say("common.show_as_a_picture"):
            switch.click()
    tab = seen(camera.window, QScrollArea, "tab_people")
    QApplication.processEvents()
    tab.verticalScrollBar().setValue(seen(tab, QWidget, "genogram_card").y())


def _merge(camera: Camera) -> None:
    client = cases.peek(camera.stage.desk, camera.row(PERSON).id).client
    assert client
    _people_press(camera, f"edit_merge_{client.id}")
    dialog = camera._dialogs()[-1]
    seen(dialog, QLineEdit, "merge_search").setText("Osman")
    dialog._look()  # type: ignore[attr-defined]
    QApplication.processEvents()
    buttons = [one for one in dialog.findChildren(QPushButton) if one.objectName().startswith("compare_")]
    buttons[0].click()


def _perspective(camera: Camera, listed: bool = False, rule: str = "") -> None:
    """Show the household of the picture, its lanes or its list, a rule opened."""
    camera.case("Mamadou Baldé", "perspective")
    switch = seen(camera.window, QPushButton, "perspective_switch")
    if (switch.text() == say("common.show_as_a_list")) is listed:
        switch.click()
    if rule:
        row = next(one for one in camera.window.findChildren(LaneRow) if one.lane.key.rule == rule)
        row.click()


def _perspective_empty(camera: Camera) -> None:
    rows = cases.list_page(camera.stage.desk, cases.CaseQuery(order="name"), None, 200).rows
    files = (cases.peek(camera.stage.desk, row.id) for row in rows)
    file = next((one for one in files if one.client and not one.residence), None)
    case_id = file.case.id if file else cases.open_new(camera.stage.desk, Person(given_names="Neu")).id
    camera.desk(Place("case", case_id, "perspective"))


def _anonymous(camera: Camera, button: str = "") -> None:
    rows = cases.list_page(camera.stage.desk, cases.CaseQuery(status=""), None, 200).rows
    row = next((one for one in rows if not one.client_id), None)
    case_id = row.id if row else cases.open_new(camera.stage.desk, None).id
    camera.desk(Place("case", case_id, "people"))
    if button:
        camera.press(button)


def _measure(camera: Camera) -> None:
    file = cases.peek(camera.stage.desk, camera.row(PERSON).id)
    steps = (
        PlanStep(text="Einstufung vereinbaren", by="case_manager", done_on=file.measures[0].starts_on),
        PlanStep(text="Fahrkarte beantragen", by="client", due_on=file.measures[0].due_on),
    )
    stored = next((one for one in file.measures if one.steps), None)
    if stored is None:
        stored = records.save(camera.stage.desk, replace(file.measures[0], steps=steps))
    camera.case(PERSON, f"measure:{stored.id}")


def _client_screen(camera: Camera) -> QDialog:
    camera.case(PERSON, "plan")
    camera.press("show_client_screen")
    screen = camera._dialogs()[-1]
    screen.setWindowState(Qt.WindowState.WindowNoState)
    screen.setGeometry(0, 0, 1366, 768)
    return screen


def _client_screen_leaving(camera: Camera) -> None:
    seen(_client_screen(camera), QPushButton, "leave_client_screen").click()


def _disputed(camera: Camera, place: str) -> None:
    desk = camera.stage.desk
    file = cases.peek(desk, camera.row(PERSON).id)
    client = file.client
    assert client
    if not file.disputes:
        before = records.save(desk, replace(client, birth_place="Khartum", phone="0151 0000000"))
        records.save(desk, replace(before, birth_place=client.birth_place, phone=client.phone))
        disputes.note(desk, file.case.id, "person", client.id, "birth_date", "Ich bin ein Jahr älter.")
    camera.case(PERSON, place.format(client=client.id))


def _earlier(camera: Camera) -> None:
    _disputed(camera, "person:{client}")
    seen(camera._dialogs()[-1], QPushButton, "show_earlier").click()


def _second_round(camera: Camera) -> None:
    file = cases.peek(camera.stage.desk, camera.row(PERSON).id)
    last = phases.latest(file.phases, Phase.ASSESSMENT)
    assert last
    domains = {**last.answers["domains"], "language": {**last.answers["domains"]["language"], "scale": 4}}
    if last.state in phases.ENDED:
        begun = steps.reopen(camera.stage.desk, file.case.id, Phase.ASSESSMENT, "Nach einem halben Jahr")
        steps.save_answers(camera.stage.desk, begun, {**begun.answers, "domains": domains})
    camera.desk(Place("case", camera.row(PERSON).id, "assessment", field="domains.language.scale"))


def _timeline(camera: Camera) -> None:
    camera.case(PERSON, "contacts")
    tab = seen(camera.window, QScrollArea, "tab_contacts")
    tab.ensureWidgetVisible(seen(tab, QWidget, "timeline"), 0, 400)


def _papers(camera: Camera, paper: str = "") -> None:
    """Show what there is to print in a case, or one of these papers."""
    camera.case(PERSON, "plan")
    camera.press("case_papers")
    if paper:
        seen(camera._dialogs()[-1], QPushButton, f"paper_{paper}").click()
        QTest.qWait(300)
        if names := [one for one in camera._dialogs() if one.objectName() == "paper_about_dialog"]:
            seen(names[-1], QPushButton, "about_0").click()


def _closing(camera: Camera) -> None:
    camera.case(PERSON, "evaluation")
    camera.press("close_case")


def _conference(camera: Camera) -> None:
    camera.case(PERSON, "contacts")
    camera.press("add_conference")
    dialog = camera._dialogs()[-1]
    dialog.session.edit("conferences.0", "identity", "open")  # type: ignore[attr-defined]
    dialog.session.edit("conferences.0", "participants", ["Jobcenter Auental", "Kita Sonnenhügel"])  # type: ignore[attr-defined]


def _template(camera: Camera) -> None:
    camera.desk("templates")
    camera.press("copy_state_of_application")


def _finding(camera: Camera) -> None:
    camera.case(PERSON, "contacts")
    page = camera.program.shell and camera.program.shell.current_page()
    page._act("finding")  # type: ignore[union-attr]
    dialog = camera._dialogs()[-1]
    dialog.session.edit("finding", "title", "Frau Osman wartet auf den Kurs")  # type: ignore[attr-defined]
    dialog.session.edit("finding", "kind", "capacity")  # type: ignore[attr-defined]
    dialog.accept()


SHOTS = (
    *doors.SHOTS,
    *popups.SHOTS,
    *(Shot(f"empty-{page}", partial(Camera.empty, target=page)) for page in _EMPTY),
    *(Shot(f"form-{phase}", partial(Camera.case, name=PERSON, place=phase)) for phase in Phase),
    Shot("today", lambda camera: camera.desk("today")),
    Shot("cases", lambda camera: camera.desk("cases?key=active")),
    Shot("referrals", lambda camera: camera.desk("referrals")),
    Shot("referrals-call", lambda camera: _referrals_press(camera, "call_first")),
    Shot("referrals-answer", _slip_read),
    Shot("list-start", lambda camera: camera.desk("person_list")),
    Shot("list-columns", _person_list),
    Shot("list-rows", _person_list_rows),
    Shot("cases-filtered", _filtered),
    Shot("cases-export", lambda camera: _cases(camera, "export_list")),
    Shot("cases-view", lambda camera: _cases(camera, "keep_view")),
    Shot("cases-marked", _marked),
    Shot("cases-assign", lambda camera: _marked(camera, "assign")),
    Shot("cases-follow-up", lambda camera: _marked(camera, "follow_up")),
    Shot("cases-columns", _columns),
    Shot("list-report", _person_list_report),
    Shot("case-new", _new_case),
    Shot("case-plan", lambda camera: camera.case(PERSON, "plan")),
    Shot("achieved", lambda camera: _achieved(camera, "")),
    Shot("achieved-entry", lambda camera: _achieved(camera, "achievement_of")),
    Shot("achieved-standing", lambda camera: _achieved(camera, "standing_of")),
    Shot("papers", _papers),
    Shot("paper-information", lambda camera: _papers(camera, "information")),
    Shot("paper-letter", lambda camera: _papers(camera, "referral_letter")),
    Shot("achieved-page", lambda camera: _achieved(camera, "authority_page_of")),
    Shot("case-plan-list", _plan_list),
    Shot("case-plan-dues", _plan_dues),
    Shot("case-plan-weeks", _plan_weeks),
    Shot("case-plan-template", lambda camera: _plan_press(camera, "use_template_open")),
    Shot("case-measure", _measure),
    Shot("client-screen", _client_screen),
    Shot("client-screen-leaving", _client_screen_leaving),
    Shot("case-form", lambda camera: camera.case(PERSON, "assessment")),
    Shot("case-contacts", lambda camera: camera.case(PERSON, "contacts")),
    Shot("case-assessment-again", _second_round),
    Shot("case-timeline", _timeline),
    Shot("case-conference", _conference),
    Shot("case-finding", _finding),
    Shot("case-evaluation", lambda camera: camera.case(PERSON, "evaluation")),
    Shot("case-closing", _closing),
    Shot("templates", lambda camera: camera.desk("templates")),
    Shot("template", _template),
    Shot("findings", lambda camera: camera.desk("findings")),
    Shot("interpreting", lambda camera: camera.desk("interpreting")),
    Shot("case-referrals", _referral),
    Shot("case-referral-checklist", _checklist),
    Shot("case-referral-new", _new_referral),
    Shot("case-referral-new-chosen", lambda camera: _new_referral(camera, "education_participation")),
    Shot("case-referral-office", _office),
    Shot("case-regimes", lambda camera: camera.case(PERSON, "regimes")),
    Shot("case-regimes-list", _regime_list),
    Shot("case-regimes-years", _regime_years),
    Shot("case-perspective", _perspective),
    Shot("case-perspective-list", lambda camera: _perspective(camera, listed=True)),
    Shot("case-perspective-rule", lambda camera: _perspective(camera, rule="60d")),
    Shot("case-perspective-practice", lambda camera: camera.case(PERSON, "perspective")),
    Shot("case-perspective-empty", _perspective_empty),
    Shot("case-change-begin", lambda camera: _regimes_press(camera, "begin_change")),
    Shot("case-change", _regime_change),
    Shot("case-title-warning", _title_warning),
    Shot("case-people", lambda camera: camera.case(PERSON, "people")),
    Shot("case-people-drawings", _drawings),
    Shot("case-people-relation", lambda camera: _people_press(camera, "genogram_add")),
    Shot("case-people-merge", _merge),
    Shot("case-people-anonymous", _anonymous),
    Shot("case-people-personalise", lambda camera: _anonymous(camera, "personalise")),
    Shot("case-consents", lambda camera: camera.case(PERSON, "consents")),
    Shot("case-scans", lambda camera: _scans(camera, shown=False)),
    Shot("case-scan", _scans),
    Shot("case-scan-open", lambda camera: _scans(camera, "open_scan")),
    Shot("case-scan-remove", lambda camera: _scans(camera, "remove_scan")),
    Shot("case-scan-adding", _adding_twin),
    Shot("case-scan-adding-pdf", lambda camera: _adding(camera, "Antrag.pdf", _dubious())),
    Shot("case-scan-holds", _holding),
    Shot("case-history", lambda camera: camera.case(PERSON, "history")),
    Shot("case-record", _record),
    Shot("case-deadline", _deadline),
    Shot("case-deadline-court", _deadline_court),
    Shot("case-deadline-asylum", _deadline_asylum),
    Shot("handover", lambda camera: camera.desk("handover")),
    Shot("handover-fields", _fields),
    Shot("settings", lambda camera: camera.desk("settings")),
    Shot("help", lambda camera: camera.desk("help")),
    Shot("case-disputed", lambda camera: _disputed(camera, "person:{client}")),
    Shot("case-disputed-people", lambda camera: _disputed(camera, "people")),
    Shot("case-disputed-history", lambda camera: _disputed(camera, "history")),
    Shot("case-earlier", _earlier),
    Shot("versions", _versions),
    Shot("case-covered", _between),
)
