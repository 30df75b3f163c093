"""Papers the client takes home: what they say and never say; nothing is claimed that nobody recorded."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pdfua import validate

from kimdesk.casework import cases, letterhead, records, referrals
from kimdesk.documents import papers
from kimdesk.documents.papers import CLIENT_LANGUAGES, GERMAN, PaperWish
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.domain.records import Consent, Goal, Measure, Person
from kimdesk.domain.terms import ItemState
from kimdesk.domain.translations import translated
from tests.documents.alt_texts import alt_texts
from tests.documents.client_case import DAY, SECRETS, ClientCase, client_case

NAMES = ("client-checklist", "goal-agreement", "help-plan", "assessment", "consent", "information")
SIGNED = {
    "goal-agreement": ("Wir sind damit einverstanden", "Ihre Unterschrift", "Unterschrift Case Management"),
    "consent": ("Ich erlaube das.", "Ihre Unterschrift", "Unterschrift Dolmetscherin"),
    "help-plan": ("Ich trage diesen Plan mit.", "Ihre Unterschrift", "Unterschrift Case Management"),
    "information": ("Ich habe dieses Blatt bekommen.", "Ort und Tag", "Ihre Unterschrift"),
}
Told = dict[tuple[str, bool], tuple[list[str], str]]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClientCase]:
    """A desk with a full case and an empty one."""
    with client_case(tmp_path_factory.mktemp("desk")) as made:
        yield made


@pytest.fixture(scope="module")
def told(known: ClientCase, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The pages of each paper, and what is read aloud, of both cases; each is made once."""
    folder = tmp_path_factory.mktemp("papers")
    return {
        (name, empty): _told(known, name, folder / f"{name}-{empty}.pdf", empty=empty)
        for name in NAMES
        for empty in (False, True)
    }


def _told(known: ClientCase, name: str, path: Path, *, empty: bool) -> tuple[list[str], str]:
    made = papers.make(known.desk, name, known.about(name, empty=empty), PaperWish(today=DAY))
    path.write_bytes(made.data)
    assert validate(str(path)).findings == ()
    return pages(path), _run("pdfinfo", "-struct-text", str(path))


def pages(path: Path) -> list[str]:
    """Return the words of each page."""
    return [" ".join(page.split()) for page in _run("pdftotext", "-layout", str(path), "-").split("\f")[:-1]]


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def _text(told: Told, name: str, *, empty: bool = False) -> str:
    return " ".join(told[name, empty][0])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_others_and_no_note_of_the_file_is_on_a_paper(told: Told, name: str) -> None:
    text = _text(told, name)
    assert [each for each in SECRETS if each in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_heading_never_ends_a_page(told: Told, name: str) -> None:
    shown, spoken = told[name, False]
    headings = re.findall(r'H2 \(block\)\n\s+"(.+?)"\n', spoken)
    assert headings or name == "client-checklist"
    foot = re.compile(r"Gemeinde Eschenried.*$")
    ends = [foot.sub("", page).strip() for page in shown]
    assert [each for each in headings for end in ends if end.endswith(each)] == []


@pytest.mark.parametrize("name", SIGNED)
def test_what_is_signed_is_on_the_page_of_the_lines(told: Told, name: str) -> None:
    holding = [page for page in told[name, False][0] if SIGNED[name][0] in page]
    assert len(holding) == 1
    assert [each for each in SIGNED[name] if each not in holding[0]] == []


def test_signatures_stay_together_wherever_the_page_ends(known: ClientCase, tmp_path: Path) -> None:
    path, extra = tmp_path / "paper.pdf", []
    for _ in range(5):
        goal = Goal(case_id=known.empty_case, text="Ich finde Arbeit.", by_client="Üben", baseline="Ohne")
        extra.append(records.save(known.desk, goal))
        made = papers.make(known.desk, "goal-agreement", known.empty_case, PaperWish(today=DAY))
        path.write_bytes(made.data)
        (page,) = [each for each in pages(path) if "Ihre Unterschrift" in each]
        assert "Wir sind damit einverstanden" in page
        assert "Unterschrift Case Management" in page
    for each in extra:
        records.remove(known.desk, each)


def test_the_agreement_says_who_does_what_by_when(told: Told) -> None:
    text = _text(told, "goal-agreement")
    for said in (
        "Vereinbart am 24.11.2026", "Fassung 2", "Ich spreche selbst mit dem Kinderarzt.", "bis: 30.06.2027",
        "Ihr Kind hat einen Kita-Platz.", "Anmeldung abgeben Sie bis 10.12.2026",
        "Wir (Case Management) erledigt am 03.11.2026", "wie erwartet Ich spreche mit Hilfe.",
        "Wir prüfen die Ziele zusammen am 24.02.2027.", "Führerschein noch kein Termin",
        "Das Gespräch wurde gedolmetscht.", "Unterschrift Dolmetscherin",
    ):  # fmt: skip
        assert said in text


def test_an_agreement_without_goals_claims_nothing(told: Told) -> None:
    text = _text(told, "goal-agreement", empty=True)
    assert "Es ist noch kein Ziel vereinbart." in text
    for never in (
        "zusammen vereinbart",
        "einverstanden",
        "Unterschrift",
        "prüfen die Ziele",
        "Vereinbart am",
        "Fassung",
        "gedolmetscht",
        "Dolmetscherin",
        "Unterschrieben am",
    ):
        assert never not in text


def test_the_plan_says_who_does_what_by_when_by_the_numbers_of_the_picture(told: Told) -> None:
    text = " ".join(re.findall(r'"(.*)"', told["help-plan", False][1]))
    for said in (
        "Plan vom 24.11.2026", "2 Kita-Platz für Ihr Kind Jugendamt 01.10.2026 bis 01.08.2027 beantragt",
        "2.1 Anmeldung abgeben Sie bis 10.12.2026", "erledigt am 03.11.2026", "geht noch nicht weiter",
        "Integrationskurs. Wenn es nicht klappt: Kurs mit Kinderbetreuung Volkshochschule",
        "Ohne Termin und darum nicht im Bild: 4.", "Wir prüfen den Plan zusammen am 24.02.2027.",
    ):  # fmt: skip
        assert said in text


def test_the_picture_of_the_chain_is_told_in_words(known: ClientCase) -> None:
    made = papers.make(known.desk, "help-plan", known.case, PaperWish(today=DAY))
    (alt,) = alt_texts(made.data)
    assert alt.startswith("Bild vom 01.10.2026 bis 30.11.2027 mit 3 Maßnahmen.")
    assert "2: Kita-Platz für Ihr Kind, beantragt, 01.10.2026 bis 01.08.2027." in alt
    assert "geht noch nicht weiter, 01.03.2027 bis 01.11.2027. Vorher nötig: 2." in alt


def test_a_plan_without_measures_claims_nothing(told: Told) -> None:
    text = _text(told, "help-plan", empty=True)
    assert "Es ist noch nichts geplant." in text
    assert not any(
        each in text for each in ("als Nächstes", "prüfen den Plan", "trage diesen Plan", "Unterschrift")
    )
    for never in ("Plan vom", "Ihre Ziele", "Ihr Weg als Bild", "Was geschieht?"):
        assert never not in text


def test_the_assessment_says_what_is_rated_and_what_is_not(told: Told) -> None:
    text = " ".join(re.findall(r'"(.*)"', told["assessment", False][1]))
    for said in (
        "Runde 2", "Sprache 1: sehr schwierig 0: Not lernt schnell Kursplatz", "Wohnen noch nicht erfasst",
        "Arbeit und Ausbildung 2: teils gut 2: teils gut", "Familie und Pflege nicht besprochen",
        "Gesundheit 1: sehr schwierig nur im Gespräch", "Sicherheit nur im Gespräch", "Ich will es.",
    ):  # fmt: skip
        assert said in text


def test_the_assessment_says_who_may_have_it(told: Told) -> None:
    text = _text(told, "assessment")
    assert "Mit Ihrer Erlaubnis vom 01.10.2026, aber ohne den Bereich Gesundheit: Jobcenter" in text
    assert "Sonst bekommt es niemand." in text
    assert "Erlaubnis vom" not in _text(told, "assessment", empty=True)


def test_an_assessment_of_nothing_has_no_net(told: Told) -> None:
    text = _text(told, "assessment", empty=True)
    assert "Es ist noch nichts erfasst." in text
    for never in ("auf einen Blick", "0: Not", "Runde", "Gespräch vom"):
        assert never not in text


def test_the_net_is_told_in_words_and_no_gap_counts_as_zero(known: ClientCase) -> None:
    made = papers.make(known.desk, "assessment", known.case, PaperWish(today=DAY))
    (alt,) = alt_texts(made.data)
    assert "Sprache: 1: sehr schwierig, vorher 0: Not." in alt
    assert "Wohnen: noch nicht erfasst." in alt
    assert "Sicherheit: nur im Gespräch." in alt
    assert alt.count("0: Not") == 1


def test_the_consent_says_what_its_record_says(told: Told) -> None:
    text = _text(told, "consent")
    for said in (
        "Amna Osman, geboren am 14.03.1992", "Jobcenter", "Leistungen beantragen und klären",
        "Ohne Angaben kann das Jobcenter nicht rechnen.", "Ihre Familie und Ihr Haushalt", "– Gesundheit",
        "bis 30.09.2027", "Erteilt am 01.10.2026, schriftlich", "Sie legen die Papiere selbst vor.",
        "Sie können die Einwilligung jederzeit zurücknehmen.", "Sie müssen nicht zustimmen.",
        "Nur wir geben Informationen an diese Stelle.", "mit Ihrem Namen",
    ):  # fmt: skip
        assert said in text
    for never in ("politische Meinung", "In beide Richtungen", "gilt nicht mehr", "Gespräche und Kontakte"):
        assert never not in text


def test_a_consent_that_says_nothing_has_lines_to_fill_in(told: Told) -> None:
    text = _text(told, "consent", empty=True)
    assert text.count("bitte ausfüllen") == 6  # who, recipient, purpose, why, kinds, what if not
    assert "bis Sie die Einwilligung zurücknehmen" in text
    for never in ("Erteilt am", "gedolmetscht", "Dolmetscherin", "geboren am"):
        assert never not in text


def test_a_consent_that_was_withdrawn_says_so_first(known: ClientCase, tmp_path: Path) -> None:
    with known.desk.reading() as reader:
        consent = reader.get(Consent, known.empty_consent)
    assert consent
    kept = records.save(known.desk, replace(consent, given_on=DAY, withdrawn_on=DAY, mutual=True))
    path = tmp_path / "consent.pdf"
    path.write_bytes(papers.make(known.desk, "consent", kept.id, PaperWish(today=DAY)).data)
    text = " ".join(pages(path))
    assert "Zurückgenommen am 30.11.2026. Diese Einwilligung gilt nicht mehr." in text
    assert "In beide Richtungen" in text
    records.save(known.desk, replace(kept, given_on=None, withdrawn_on=None, mutual=False))


def test_the_information_says_basis_retention_rights_and_authority(told: Told) -> None:
    text = _text(told, "information")
    for said in (
        "Sie können sich auch beraten lassen, ohne Ihren Namen zu sagen.", "Gemeinde Eschenried",
        "Ihre Einwilligung (Art. 6 Abs. 1 Buchstabe a DSGVO)", "Jahre nach dem Ende der Beratung: 3.",
        "Art. 15 DSGVO", "Art. 20 DSGVO", "Art. 77 DSGVO", "Informationsfreiheit Nordrhein-Westfalen",
        "Kavalleriestraße",
        "Name, Telefon und E-Mail (bitte ausfüllen)", "Anschrift und Telefon (bitte ausfüllen)",
    ):  # fmt: skip
        assert said in text
    assert "Art. 21 DSGVO" not in text  # the right of the other legal basis
    assert "Art. 6 Abs. 1 Buchstabe e" not in text


def test_what_the_desk_has_set_needs_no_line_to_fill_in(known: ClientCase, tmp_path: Path) -> None:
    usual = letterhead.letterhead(known.desk)
    address = ("Am Kirchplatz 1", "05904 Eschenried")
    letterhead.change(known.desk, replace(usual, address=address, officer=("Dr. Uta Stern", "05999 400-10")))
    path = tmp_path / "information.pdf"
    path.write_bytes(papers.make(known.desk, "information", known.case, PaperWish(today=DAY)).data)
    text = " ".join(pages(path))
    assert "Am Kirchplatz 1, 05904 Eschenried" in text
    assert "Dr. Uta Stern, 05999 400-10" in text
    assert "bitte ausfüllen" not in text
    letterhead.change(known.desk, usual)


@pytest.mark.parametrize("name", ["goal-agreement", "help-plan"])
def test_a_goal_is_read_as_the_interpreter_put_it_until_it_is_agreed_anew(
    known: ClientCase, name: str, tmp_path: Path
) -> None:
    path, wish = tmp_path / "paper.pdf", PaperWish(language="ar", today=DAY)
    with known.desk.reading() as reader:
        (goal,) = (one for one in reader.of_case(Goal, known.case) if one.number == 1)
    own = translated(goal, "ara", "أتحدث بنفسي مع طبيب الأطفال", "Frau Hamid", DAY)
    kept = records.save(known.desk, own)
    path.write_bytes(papers.make(known.desk, name, known.case, wish).data)
    assert "طبيب" in " ".join(pages(path))
    kept = records.save(known.desk, replace(kept, text="Ich spreche mit der Lehrerin."))
    path.write_bytes(papers.make(known.desk, name, known.case, wish).data)
    text = " ".join(pages(path))
    assert "Ich spreche mit der Lehrerin." in text
    assert "طبيب" not in text
    child = translated(replace(kept, text="Lina spielt mit Freunden."), "ara", "لينا تلعب", "", DAY)
    kept = records.save(known.desk, child)
    path.write_bytes(papers.make(known.desk, name, known.case, wish).data)
    text = " ".join(pages(path))
    assert "Lina" not in text
    assert "تلعب" not in text  # in another script nobody finds the name: it stays away with it
    records.save(known.desk, replace(kept, text=goal.text, translations=()))


def test_whoever_is_advised_without_a_name_signs_no_information(told: Told) -> None:
    text = _text(told, "information", empty=True)
    assert "Dann brauchen Sie dieses Blatt nicht." in text
    assert "Unterschrift" not in text
    assert "Amna" not in text


def test_the_checklist_has_what_is_missing_first_and_no_originals(told: Told) -> None:
    text = _text(told, "client-checklist")
    places = [text.index(each) for each in (
        "Ihre Unterlagen: Jobcenter", "Ihr Termin: 03.12.2026, 09:30 Uhr", "Ort: Rathaus, Zimmer 12",
        "Das fehlt noch", "Das ist beantragt", "Das klären wir noch", "Das ist schon da",
        "Geben Sie keine Originale ab.", "Fragen? Sprechen Sie mit: Miriam Kessler",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "für Ihr Kind" in text
    assert "nötig, wenn:" in text
    assert "eine andere Person" not in text  # a protected person is not even counted


def test_a_checklist_on_which_nothing_is_missing_says_so(known: ClientCase, tmp_path: Path) -> None:
    found = referrals.prepare(
        known.desk, known.case, "housing_benefit", agency="", purpose="benefits", override_reason="Eilig"
    )
    for entry in found.checklist:
        found = referrals.set_item(known.desk, found, entry.item, ItemState.PRESENT)
    path = tmp_path / "paper.pdf"
    path.write_bytes(papers.make(known.desk, "client-checklist", found.id, PaperWish(today=DAY)).data)
    text = " ".join(pages(path))
    assert "Es fehlt nichts mehr." in text
    assert "Das fehlt noch" not in text


def test_an_office_with_a_safe_contact_alone_is_named_on_no_sheet_that_lies_at_home(
    known: ClientCase, tmp_path: Path
) -> None:
    protection = referrals.prepare(
        known.desk, known.case, "womens_protection", agency="", purpose="protection", override_reason="Gefahr"
    )
    step = records.save(
        known.desk, Measure(case_id=known.case, title="Termin am Montag", agency="Frauenberatung Auental")
    )
    path = tmp_path / "paper.pdf"
    for name, about in (
        ("client-checklist", protection.id), ("help-plan", known.case), ("goal-agreement", known.case),
    ):  # fmt: skip
        made = papers.make(known.desk, name, about, PaperWish(today=DAY))
        path.write_bytes(made.data)
        text = f"{made.title} {' '.join(pages(path))}"
        assert "Frauenberatung" not in text
        assert "Gewaltschutz" not in text
    records.remove(known.desk, step)


def test_a_language_without_words_is_not_offered_and_refused(known: ClientCase) -> None:
    for name in NAMES:
        offered = papers.offered(known.desk.catalogue, name)
        assert offered[0] == GERMAN
        for language in set(CLIENT_LANGUAGES) - set(offered):
            with pytest.raises(ContentError, match="E798"):
                papers.make(known.desk, name, known.about(name), PaperWish(language=language, today=DAY))


def test_the_usual_language_is_the_first_of_the_client_there_are_words_in(known: ClientCase) -> None:
    catalogue = known.desk.catalogue
    client = cases_client(known)
    usual = papers.usual_language(catalogue, "consent", client)
    assert usual == ("ar" if "ar" in papers.offered(catalogue, "consent") else GERMAN)
    assert papers.usual_language(catalogue, "consent", None) == GERMAN


def cases_client(known: ClientCase) -> Person | None:
    """Return the client of the full case."""
    return cases.peek(known.desk, known.case).client


def test_a_record_that_is_gone_is_refused(known: ClientCase) -> None:
    with pytest.raises(StoreError, match="E909"):
        papers.make(known.desk, "consent", "gone", PaperWish(today=DAY))


def _numbers(text: str) -> Counter[str]:
    """Return dates, times, file numbers and paragraphs as they are read, and how often."""
    return Counter(re.findall(r"\d[\d.:–-]*\d", re.sub("[\u200b-\u200f\u2066-\u2069]", "", text)))


@pytest.mark.parametrize("language", CLIENT_LANGUAGES[1:])
def test_no_number_is_turned_round_in_any_language(
    known: ClientCase, told: Told, language: str, tmp_path: Path
) -> None:
    path, wish = tmp_path / "paper.pdf", PaperWish(language=language, today=DAY)
    for name in (each for each in NAMES if language in papers.offered(known.desk.catalogue, each)):
        german = _numbers(_text(told, name))
        path.write_bytes(papers.make(known.desk, name, known.about(name), wish).data)
        assert validate(str(path)).findings == ()
        document = pypdfium2.PdfDocument(path)
        by_pdfium = " ".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        for read in (_run("pdftotext", "-raw", str(path), "-"), by_pdfium):
            found = _numbers(read)
            assert [each for each, times in german.items() if found[each] < times] == [], name
            assert [each for each in SECRETS if each in read] == []
