"""The editors of answers, one kind per type of field."""

from collections.abc import Callable

from kimdesk.forms.definition import Field, FieldType
from ui.forms.editors.base import Editor
from ui.forms.editors.boolean import CheckEditor, YesNoEditor
from ui.forms.editors.choice import ComboEditor, choice_editor, scale_editor
from ui.forms.editors.choices import choices_editor
from ui.forms.editors.date import DateEditor, PartialDateEditor
from ui.forms.editors.languages import LanguagesEditor
from ui.forms.editors.line import IntegerEditor, TextEditor, TimeEditor
from ui.forms.editors.long_text import LongTextEditor
from ui.forms.editors.steps import StepsEditor
from ui.forms.editors.texts import TextsEditor
from ui.forms.sources import Option

__all__ = ["Editor", "make_editor"]

_Maker = Callable[[Field, tuple[Option, ...]], Editor]

_MAKERS: dict[FieldType, _Maker] = {
    FieldType.TEXT: lambda _, __: TextEditor(),
    FieldType.LONG_TEXT: lambda _, __: LongTextEditor(),
    FieldType.TEXTS: lambda _, __: TextsEditor(),
    FieldType.DATE: lambda _, __: DateEditor(),
    FieldType.PARTIAL_DATE: lambda _, __: PartialDateEditor(),
    FieldType.TIME: lambda _, __: TimeEditor(),
    FieldType.INTEGER: lambda _, __: IntegerEditor(),
    FieldType.BOOLEAN: lambda _, __: YesNoEditor(),
    FieldType.LANGUAGES: lambda _, __: LanguagesEditor(),
    FieldType.STEPS: lambda _, __: StepsEditor(),
    FieldType.CHOICE: choice_editor,
    FieldType.SCALE: scale_editor,
    FieldType.CHOICES: lambda _, options: choices_editor(options),
    FieldType.LINKS: lambda _, options: choices_editor(options),
    FieldType.PERSON: lambda _, options: ComboEditor(options),
    FieldType.LINK: lambda _, options: ComboEditor(options),
    FieldType.SERVICE: lambda _, options: ComboEditor(options),
    FieldType.MUNICIPALITY: lambda _, options: ComboEditor(options),
}


def make_editor(field: Field, options: tuple[Option, ...], *, tick: bool = False) -> Editor:
    """Return an editor for ``field``; with ``tick`` a boolean is a tick box (it has no third state)."""
    if tick and field.type is FieldType.BOOLEAN:
        return CheckEditor()
    return _MAKERS[field.type](field, options)
