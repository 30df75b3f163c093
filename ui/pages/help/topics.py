"""The topics of the help, in their order: texts of ``resources/help``, and the page of all keys."""

import re
from dataclasses import dataclass
from functools import cache

import resources
from kimdesk.texts import say
from ui.program import keys

_NAME = re.compile(r"help/\d+-(?P<key>[\w-]+)\.md")
THIEF, KEYS = "thief", "keys"
_ABOUT = {
    "person_list": "cases",
    "documents": "cases",
    "interpreting": "findings",
    "desks": "inbox",
    "answers": "inbox",
    "catalogue": "inbox",
    "access": "forgotten",
    "settings": "locking",
    "templates": "papers",
}

_IN_DIALOGS = {
    "edit_consent": "handover",
    "edit_finding": "findings",
    "out_dialog": "handover",
    "new_case_dialog": "cases",
    "pack_dialog": "handover",
    "many_": "cases",
    "calendar_dialog": "papers",
    "template_dialog": "papers",
    "columns_dialog": "cases",
    "paper": "papers",
}
"""By the beginning of a dialog's name, where its subject is another than the page's."""
_TABS = {"perspective"}
"""The tabs of a case that have a topic of their own."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One text: ``key`` names it in targets, ``lines`` are paragraphs of simple Markdown below the title."""

    key: str
    title: str
    lines: tuple[str, ...]

    def has(self, words: list[str]) -> bool:
        """Return whether each of the ``words``, in lower case, occurs in it."""
        whole = "\n".join((self.title, *self.lines)).casefold().replace("\u00a0", " ")
        return all(word in whole for word in words)


def topics() -> tuple[Topic, ...]:
    """Return all topics."""
    first, *others = _texts()
    return first, Topic(KEYS, say("help.all_keys"), keys.lines()), *others


def about(page: str, tab: str = "") -> str:
    """Return the topic that helps on the page ``page`` by its key, in the ``tab`` of a case where it has one.

    On the help itself all keys.
    """
    if page == "case" and tab in _TABS:
        return tab
    return KEYS if page == "help" else _ABOUT.get(page, page)


def about_dialog(name: str, page: str) -> str:
    """Return the topic that helps in a dialog over ``page`` ("" before a desk is open)."""
    found = next((topic for start, topic in _IN_DIALOGS.items() if name.startswith(start)), "")
    return found or (about(page) if page else "forgotten")


def matching(query: str) -> tuple[Topic, ...]:
    """Return the topics in which every word of ``query`` occurs; all of them for an empty one."""
    words = query.casefold().split()
    return tuple(topic for topic in topics() if topic.has(words))


def topic(key: str) -> Topic:
    """Return the topic ``key``, the first one when there is no such topic."""
    return next((each for each in topics() if each.key == key), topics()[0])


@cache
def _texts() -> tuple[Topic, ...]:
    return tuple(_read(path) for path in resources.names("help", ".md"))


def _read(path: str) -> Topic:
    found = _NAME.fullmatch(path)
    if found is None:
        raise ValueError(path)
    title, *lines = (line for line in resources.read_text(path).splitlines() if line)
    return Topic(found["key"], title.removeprefix("# "), tuple(lines))
