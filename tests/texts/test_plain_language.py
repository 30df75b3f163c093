"""What clients read in German is plain: short sentences, few nouns made of verbs."""

import re
from collections.abc import Iterator
from statistics import mean

import pytest

from kimdesk.catalogue import paper_words
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.client_words import GERMAN

MOST_ON_AVERAGE, MOST = 15, 22  # words of a sentence
MOST_NOUNS = 1  # of -ung, -heit, -keit in one sentence
NEEDED = {  # what the law or the papers of others call it; a client has to find it there again
    "Behandlung", "Beratung", "Einwilligung", "Gesundheit", "Leistung", "Schweigepflichtentbindung",
    "Sicherheit", "Versicherung", "Vertretung", "Wohnung", "Zielvereinbarung",
}  # fmt: skip
NOMINAL = re.compile(r"\b\w+(?:ung|heit|keit)(?:en)?\b")
SENTENCES = re.compile(r"(?<=[.?!:])\s+(?=[A-ZÄÖÜ„{])")
SHORTENED = {"Art.": "Art", "Abs.": "Abs", "Nr.": "Nr", "z. B.": "zum Beispiel"}
PLACES = ("client", *paper_words.codes(SHIPPED.stack))


def texts_of(place: str) -> list[str]:
    if place == "client":
        one = SHIPPED.client_words[GERMAN]
        return [getattr(one.words, name) for name in one.words.__struct_fields__]
    return list(SHIPPED.stack.table(f"client_papers/{place}/deu.toml")["words"].values())


def sentences(text: str) -> Iterator[str]:
    text = re.sub(r"\([^)]*\)", "", text).replace("\u00a0", " ")  # a paragraph in brackets is no sentence
    for short, whole in SHORTENED.items():
        text = text.replace(short, whole)
    yield from filter(None, (each.strip() for each in SENTENCES.split(text)))


def words_in(sentence: str) -> list[str]:
    return re.findall(r"[\w{}§-]+", sentence)


@pytest.mark.parametrize("place", PLACES)
def test_its_sentences_are_short(place: str) -> None:
    found = [each for text in texts_of(place) for each in sentences(text)]
    lengths = [len(words_in(each)) for each in found]
    assert [each for each, length in zip(found, lengths, strict=True) if length > MOST] == []
    assert mean(lengths) <= MOST_ON_AVERAGE


@pytest.mark.parametrize("place", PLACES)
def test_it_says_what_is_done_with_verbs(place: str) -> None:
    found = [each for text in texts_of(place) for each in sentences(text)]
    heavy = [each for each in found if len(set(NOMINAL.findall(each)) - NEEDED) > MOST_NOUNS]
    assert heavy == []


def test_the_words_of_the_law_that_are_allowed_are_used() -> None:
    said = " ".join(text for place in PLACES for text in texts_of(place))
    assert {word for word in NEEDED if word not in said} == set()
