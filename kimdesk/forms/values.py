"""Whether one value may answer one field. Only the code of what is wrong leaves here, never the value."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from kimdesk.domain.characters import is_writable
from kimdesk.domain.dates import FIRST_YEAR, LAST_YEAR, PartialDate
from kimdesk.forms.answers import Answers, choices_of
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import Field, FieldType, FormDefinition

WRONG_TYPE = "E702"
UNKNOWN_CODE = "E703"
OUT_OF_RANGE = "E704"
UNKNOWN_FIELD = "E705"

TEXT_LIMIT = 20_000
LINE_LIMIT = 500
LIST_LIMIT = 200
_INTEGER_LIMIT = 1_000_000_000

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_AGS = re.compile(r"\d{8}", re.ASCII)
_REFERENCE = re.compile(r"[\w.-]{1,64}", re.ASCII)
_LANGUAGE_KEYS = {"language", "level", "interpreter"}
_STEP_KEYS = {"text", "by", "due_on", "done_on", "translations"}
_DATED_KEYS = {"starts_on", "ends_on", "text"}
_TRANSLATION_KEYS = {"language", "text", "of", "by", "made_on"}


_UNLISTED = "? "  # in no code, reference or key

Lists = Mapping[str, CodeList]
Check = Callable[[Lists, Field, Any], str]


def unlisted(typed: str) -> str:
    """Return the answer of who typed what is not in the list: kept in a draft, and refused by every check."""
    return f"{_UNLISTED}{typed}"


def typed_of(value: object) -> str:
    """Return what was typed and is not in the list, or nothing when ``value`` is another answer."""
    return value[len(_UNLISTED) :] if isinstance(value, str) and value.startswith(_UNLISTED) else ""


def fault(definition: FormDefinition, field: Field, value: Any, entry: Answers) -> str:
    """Return the code of what is wrong with ``value`` as an answer to ``field`` of the form, or "".

    ``entry`` holds the other answers of the same section, by which a choice may pick its code list.
    """
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        return _chosen(field, value, definition.codes(choices_of(field, entry)))
    return _CHECKS[field.type](definition.lists, field, value)


def _text(limit: int) -> Check:
    def check(_: Lists, __: Field, value: Any) -> str:
        if not isinstance(value, str) or not is_writable(value):
            return WRONG_TYPE
        return OUT_OF_RANGE if len(value) > limit else ""

    return check


def _pattern(pattern: re.Pattern[str]) -> Check:
    def check(_: Lists, __: Field, value: Any) -> str:
        return "" if isinstance(value, str) and pattern.fullmatch(value) else WRONG_TYPE

    return check


def _each(check: Check) -> Check:
    def check_all(lists: Lists, field: Field, value: Any) -> str:
        if not isinstance(value, list | tuple):
            return WRONG_TYPE
        if len(value) > LIST_LIMIT:
            return OUT_OF_RANGE
        return next((found for one in value if (found := check(lists, field, one))), "")

    return check_all


def _date(pattern: re.Pattern[str]) -> Check:
    def check(_: Lists, __: Field, value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            return WRONG_TYPE
        try:
            year = PartialDate.parse(value).year
        except ValueError:
            return WRONG_TYPE
        return "" if FIRST_YEAR <= year <= LAST_YEAR else OUT_OF_RANGE

    return check


def _integer(_: Lists, field: Field, value: Any) -> str:
    if type(value) is not int:
        return WRONG_TYPE
    least = -_INTEGER_LIMIT if field.min is None else field.min
    most = _INTEGER_LIMIT if field.max is None else field.max
    return "" if least <= value <= most else OUT_OF_RANGE


def _scale(lists: Lists, field: Field, value: Any) -> str:
    if type(value) is not int:
        return WRONG_TYPE
    return "" if abs(value) <= _INTEGER_LIMIT and str(value) in lists[field.choices] else OUT_OF_RANGE


def _boolean(_: Lists, __: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else WRONG_TYPE


def _chosen(field: Field, value: Any, codes: CodeList) -> str:
    if field.type is FieldType.CHOICE:
        return _code(value, codes)
    if not isinstance(value, list | tuple):
        return WRONG_TYPE
    if len(value) > LIST_LIMIT:
        return OUT_OF_RANGE
    found = next((code for one in value if (code := _code(one, codes))), "")
    return found or ("" if len(set(value)) == len(value) else OUT_OF_RANGE)


def _code(value: Any, codes: CodeList) -> str:
    if not isinstance(value, str):
        return WRONG_TYPE
    return "" if value in codes else UNKNOWN_CODE


def _language(lists: Lists, _: Field, value: Any) -> str:
    if not isinstance(value, dict) or not isinstance(value.get("interpreter", False), bool):
        return WRONG_TYPE
    if not value.keys() <= _LANGUAGE_KEYS:
        return UNKNOWN_FIELD
    level, found = value.get("level", ""), _code(value.get("language"), lists["language"])
    return found or (_code(level, lists["language_level"]) if level != "" else "")


def _step(lists: Lists, field: Field, value: Any) -> str:
    if not isinstance(value, dict) or not str(value.get("text", "")).strip():
        return WRONG_TYPE
    if not value.keys() <= _STEP_KEYS:
        return UNKNOWN_FIELD
    days = [day for day in (value.get("due_on"), value.get("done_on")) if day is not None]
    found = _text(LINE_LIMIT)(lists, field, value["text"]) or _each(_date(_DAY))(lists, field, days)
    by = value.get("by", "")
    return found or (_code(by, lists["step_owner"]) if by != "" else "")


def _dated(lists: Lists, field: Field, value: Any) -> str:
    if not isinstance(value, dict) or not value.get("starts_on"):
        return WRONG_TYPE
    if not value.keys() <= _DATED_KEYS:
        return UNKNOWN_FIELD
    days = [day for day in (value["starts_on"], value.get("ends_on")) if day is not None]
    found = _each(_date(_DAY))(lists, field, days) or _text(LINE_LIMIT)(lists, field, value.get("text", ""))
    return found or ("" if days == sorted(days) else OUT_OF_RANGE)


def _translation(lists: Lists, field: Field, value: Any) -> str:
    if not isinstance(value, dict) or not str(value.get("text", "")).strip():
        return WRONG_TYPE
    if not value.keys() <= _TRANSLATION_KEYS:
        return UNKNOWN_FIELD
    days = [day for day in (value.get("made_on"),) if day is not None]
    texts = [value.get(name, "") for name in ("text", "of", "by")]
    return (
        _code(value.get("language"), lists["language"])
        or _each(_text(TEXT_LIMIT))(lists, field, texts)
        or _each(_date(_DAY))(lists, field, days)
    )


def _no_answer(_: Lists, __: Field, ___: Any) -> str:
    return UNKNOWN_FIELD


_CHECKS: dict[FieldType, Check] = {
    FieldType.TEXT: _text(LINE_LIMIT),
    FieldType.LONG_TEXT: _text(TEXT_LIMIT),
    FieldType.TEXTS: _each(_text(LINE_LIMIT)),
    FieldType.DATE: _date(_DAY),
    FieldType.PARTIAL_DATE: _date(_PARTIAL),
    FieldType.TIME: _pattern(_TIME),
    FieldType.INTEGER: _integer,
    FieldType.BOOLEAN: _boolean,
    FieldType.SCALE: _scale,
    FieldType.LANGUAGES: _each(_language),
    FieldType.STEPS: _each(_step),
    FieldType.DAYS: _each(_dated),
    FieldType.SPANS: _each(_dated),
    FieldType.TRANSLATIONS: _each(_translation),
    FieldType.PERSON: _pattern(_REFERENCE),
    FieldType.LINK: _pattern(_REFERENCE),
    FieldType.LINKS: _each(_pattern(_REFERENCE)),
    FieldType.SERVICE: _pattern(_REFERENCE),
    FieldType.MUNICIPALITY: _pattern(_AGS),
    FieldType.RECORDS: _no_answer,
}
