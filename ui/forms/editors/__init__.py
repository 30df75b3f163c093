"""The editors of answers, one kind per type of field."""

from collections.abc import Callable, Mapping

from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import TEMPLATE, Field, FieldType, FormDefinition
from ui.forms.editors.base import Editor
from ui.forms.editors.boolean import CheckEditor, YesNoEditor
from ui.forms.editors.choice import ComboEditor, choice_editor, scale_editor
from ui.forms.editors.choices import choices_editor
from ui.forms.editors.date import DateEditor, PartialDateEditor
from ui.forms.editors.dated import DatedEditor
from ui.forms.editors.languages import LanguagesEditor
from ui.forms.editors.line import IntegerEditor, TextEditor, TimeEditor
from ui.forms.editors.long_text import LongTextEditor
from ui.forms.editors.steps import StepsEditor
from ui.forms.editors.texts import TextsEditor
from ui.forms.editors.translations import TranslationsEditor
from ui.forms.sources import Option

__all__ = ["Editor", "make_editor"]

Lists = Mapping[str, CodeList]
_Maker = Callable[[Lists, Field, tuple[Option, ...]], Editor]

_MAKERS: dict[FieldType, _Maker] = {
    FieldType.TEXT: lambda _, __, ___: TextEditor(),
    FieldType.LONG_TEXT: lambda _, __, ___: LongTextEditor(),
    FieldType.TEXTS: lambda _, __, ___: TextsEditor(),
    FieldType.DATE: lambda _, __, ___: DateEditor(),
    FieldType.PARTIAL_DATE: lambda _, __, ___: PartialDateEditor(),
    FieldType.TIME: lambda _, __, ___: TimeEditor(),
    FieldType.INTEGER: lambda _, __, ___: IntegerEditor(),
    FieldType.BOOLEAN: lambda _, __, ___: YesNoEditor(),
    FieldType.LANGUAGES: lambda lists, _, __: LanguagesEditor(lists),
    FieldType.STEPS: lambda lists, field, __: StepsEditor(lists, dated=field.proposal != TEMPLATE),
    FieldType.DAYS: lambda _, __, ___: DatedEditor(spans=False),
    FieldType.SPANS: lambda _, __, ___: DatedEditor(spans=True),
    FieldType.TRANSLATIONS: lambda lists, _, __: TranslationsEditor(lists),
    FieldType.CHOICE: lambda _, field, options: choice_editor(field, options),
    FieldType.SCALE: lambda _, field, options: scale_editor(field, options),
    FieldType.CHOICES: lambda _, __, options: choices_editor(options),
    FieldType.LINKS: lambda _, __, options: choices_editor(options),
    FieldType.PERSON: lambda _, __, options: ComboEditor(options),
    FieldType.LINK: lambda _, __, options: ComboEditor(options),
    FieldType.SERVICE: lambda _, __, options: ComboEditor(options),
    FieldType.MUNICIPALITY: lambda _, __, options: ComboEditor(options),
}


def make_editor(
    definition: FormDefinition, field: Field, options: tuple[Option, ...], *, tick: bool = False
) -> Editor:
    """Return an editor for ``field``; with ``tick`` a boolean is a tick box (it has no third state)."""
    if tick and field.type is FieldType.BOOLEAN:
        return CheckEditor()
    return _MAKERS[field.type](definition.lists, field, options)
