"""A translation is said as long as the German text is the one it was made of, and never after."""

from dataclasses import replace
from datetime import date

from kimdesk.domain.records import Contact, FollowUp, Goal, Measure, PlanStep
from kimdesk.domain.three_way import merge
from kimdesk.domain.translations import (
    Translated,
    entry_of,
    is_outdated,
    translated,
    translation_of,
    with_translation,
)

DAY = date(2026, 11, 30)
GOAL = Goal(id="g", text="Ich spreche selbst mit dem Kinderarzt.")
ARABIC = "أتحدث بنفسي مع طبيب الأطفال."
KURDISH = "Ez bi xwe bi bijîşkê zarokan re diaxivim."


def in_arabic(record: Goal) -> Goal:
    return translated(record, "ara", ARABIC, "Frau Haddad", DAY)


def test_a_goal_is_said_in_the_languages_it_was_translated_into() -> None:
    both = translated(in_arabic(GOAL), "kmr", KURDISH, "", DAY)
    assert translation_of(both, "ara") == ARABIC
    assert translation_of(both, "kmr") == KURDISH
    assert translation_of(both, "tir") == ""
    entry = entry_of(both, "ara")
    assert entry
    assert (entry.of, entry.by, entry.made_on) == (GOAL.text, "Frau Haddad", DAY)


def test_once_the_german_text_is_another_one_the_translation_is_kept_and_no_longer_said() -> None:
    changed = replace(in_arabic(GOAL), text="Ich spreche allein mit der Ärztin.")
    entry = entry_of(changed, "ara")
    assert entry
    assert is_outdated(changed, entry)
    assert translation_of(changed, "ara") == ""
    assert translation_of(in_arabic(changed), "ara") == ARABIC


def test_blanks_alone_are_no_other_text() -> None:
    assert translation_of(replace(in_arabic(GOAL), text=f" {GOAL.text}\n"), "ara") == ARABIC


def test_a_translation_without_words_is_taken_away() -> None:
    entry = entry_of(in_arabic(GOAL), "ara")
    assert entry
    assert with_translation(in_arabic(GOAL), replace(entry, text="")) == GOAL


def test_whatever_is_agreed_with_a_client_can_be_translated() -> None:
    step = translated(PlanStep(text="Einstufung vereinbaren"), "ukr", "Так", "", DAY)
    found: tuple[Translated, ...] = (
        translated(Measure(id="m", title="Sprachkurs suchen", steps=(step,)), "ukr", "Так", "", DAY),
        translated(FollowUp(id="f", title="Gespräch im Rathaus", due_on=DAY), "ukr", "Так", "", DAY),
        translated(Contact(id="c", next_steps="Kurs aussuchen", held_on=DAY), "ukr", "Так", "", DAY),
        step,
    )
    assert [translation_of(one, "ukr") for one in found] == ["Так"] * 4


def test_two_desks_translate_the_same_goal_into_different_languages_and_both_stay() -> None:
    mine, theirs = in_arabic(GOAL), translated(GOAL, "kmr", KURDISH, "", DAY)
    assert merge(GOAL, mine, theirs) == translated(mine, "kmr", KURDISH, "", DAY)
    assert merge(GOAL, theirs, mine) == merge(GOAL, mine, theirs)


def test_a_goal_put_in_other_words_elsewhere_leaves_the_translation_outdated() -> None:
    theirs = replace(GOAL, text="Ich rufe selbst beim Kinderarzt an.")
    joined = merge(GOAL, in_arabic(GOAL), theirs)
    assert isinstance(joined, Goal)
    assert joined.text == theirs.text
    assert translation_of(joined, "ara") == ""
