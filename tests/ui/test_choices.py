"""A choice is found by every word people use for it; what is not in the list stays, and is never stored."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.terms import Phase
from kimdesk.forms.values import typed_of
from kimdesk.texts import say
from tests.ui.hands import find, press_keys, settle
from ui.forms.editors.choice import ComboEditor
from ui.forms.editors.choices import PickerEditor
from ui.forms.editors.finding import Finder
from ui.forms.model import FormModel
from ui.forms.sources import code_options

LANGUAGES = code_options(SHIPPED.code_list("language"))
COUNTRIES = code_options(SHIPPED.code_list("nationality"))
FINDER = Finder(LANGUAGES)


@pytest.fixture
def window(qapp: object) -> Iterator[QWidget]:
    """A window with a line to leave for."""
    window = QWidget()
    QVBoxLayout(window).addWidget(QLineEdit())
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield window
    window.hide()
    window.deleteLater()


def field(window: QWidget, chosen: str | None = None) -> ComboEditor:
    """Return a choice of a language that has the keyboard."""
    editor = ComboEditor(LANGUAGES)
    window.layout().insertWidget(0, editor)  # type: ignore[union-attr]
    editor.set_value(chosen)
    settle()
    editor.input.setFocus()
    settle()
    return editor


def typed(editor: ComboEditor | PickerEditor, text: str, *keys: Qt.Key) -> None:
    line = editor.input.lineEdit()
    assert line is not None
    line.selectAll()
    press_keys(line, text)
    _awake(editor)
    for key in keys:
        QTest.keyClick(QApplication.activePopupWidget() or editor.input, key)
        settle()
        _awake(editor)


def _awake(editor: QWidget) -> None:
    """Make the window active again: without a screen a popup that closes leaves none."""
    popup = QApplication.activePopupWidget()
    if popup is None:
        editor.window().activateWindow()
        QTest.qWaitForWindowActive(editor.window())


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("kurmancî", "kmr"), ("kurmanci", "kmr"), ("soranî", "ckb"), ("farsi", "pes"), ("فارسی", "pes"),
        ("dari", "prs"), ("tigrinya", "tir"), ("ትግርኛ", "tir"), ("العربية", "ara"), ("turkce", "tur"),
        ("shqip", "sqi"), ("українська", "ukr"), ("weißrussisch", "bel"), ("Mandarin", "zho"),
        ("PASCHTO", "pus"), ("romanes", "rom"), ("darija", "ary"),
    ],
    ids=lambda each: "",
)  # fmt: skip
def test_a_language_is_found_by_what_its_speakers_call_it(window: QWidget, word: str, code: str) -> None:
    editor = field(window)
    typed(editor, word, Qt.Key.Key_Tab)
    assert editor.value() == code


def test_every_language_and_country_is_found_by_each_of_its_words() -> None:
    for options in (LANGUAGES, COUNTRIES):
        finder = Finder(options)
        for place, option in enumerate(options):
            for word in (option.label, *option.also):
                assert place in finder.meant(word), (option.label, word)


def test_all_but_catch_alls_have_other_words() -> None:
    bare = {option.code for option in LANGUAGES if not option.also}
    assert bare == {"mis", "und"}


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Tab,), (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Tab)])
def test_what_is_not_in_the_list_stays_and_nothing_is_stored(
    window: QWidget, keys: tuple[Qt.Key, ...]
) -> None:
    editor = field(window, "ara")
    typed(editor, "klingonisch", *keys)
    assert editor.input.currentText() == "klingonisch"
    assert editor.input.code() is None
    assert typed_of(editor.value()) == "klingonisch"
    assert find(window, QLabel, "not_in_list").text() == say("forms.not_in_list")


def test_a_word_of_several_languages_chooses_none_of_them(window: QWidget) -> None:
    editor = field(window)
    typed(editor, "kurdisch", Qt.Key.Key_Tab)
    assert editor.input.currentText() == "kurdisch"
    assert editor.input.code() is None
    assert find(window, QLabel, "not_in_list").text() == say("forms.several_in_list")


def test_arrow_and_enter_choose_what_was_found(window: QWidget) -> None:
    editor = field(window, "deu")
    typed(editor, "kurdi", Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert editor.value() in ("kmr", "ckb")


def test_an_arrow_never_goes_on_from_what_is_not_in_the_list(window: QWidget) -> None:
    editor = field(window)
    typed(editor, "klingonisch", Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown)
    assert editor.input.currentText() == "klingonisch"
    assert editor.value() is None


def test_taking_the_text_away_takes_the_choice_away(window: QWidget) -> None:
    editor = field(window, "ara")
    typed(editor, "", Qt.Key.Key_Backspace, Qt.Key.Key_Tab)
    assert editor.value() is None


def test_a_draft_keeps_what_was_typed(window: QWidget) -> None:
    editor = field(window)
    typed(editor, "klingonisch", Qt.Key.Key_Tab)
    again = field(window)
    again.set_value(editor.value())
    assert again.input.currentText() == "klingonisch"
    assert again.input.code() is None


def test_several_choices_keep_those_that_are_in_the_list(window: QWidget) -> None:
    editor = PickerEditor(COUNTRIES)
    window.layout().insertWidget(0, editor)  # type: ignore[union-attr]
    editor.set_value(["475"])
    editor.input.setFocus()
    typed(editor, "atlantis", Qt.Key.Key_Tab)
    assert editor.input.currentText() == "atlantis"
    assert [typed_of(one) or one for one in editor.value()] == ["475", "atlantis"]


def test_a_form_stores_the_languages_it_knows_and_asks_about_the_other() -> None:
    model = FormModel(SHIPPED.phase_form(Phase.ACCESS))
    known = {"language": "ckb", "level": "", "interpreter": False}
    model.set("communication", "languages", [known, {**known, "language": "? klingonisch"}])
    assert model.storable()["communication"]["languages"] == [known]
    assert model.problem("communication", "languages")
