"""Conference record and hand-over protocol: names under a consent, else nothing that points at anybody."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from kimdesk.casework import cases, conferences, phases, records
from kimdesk.casework.conferences import conferences as all_conferences
from kimdesk.casework.desk import Desk
from kimdesk.documents import conference_record, handover_protocol
from kimdesk.documents.paper import PaperBlock, lay_out
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import Case, Consent, FollowUp, Goal, Measure, Person
from kimdesk.domain.terms import MeasureState, Phase
from kimdesk.texts.refusals import explain
from kimdesk.vault import Strength

WORDS = "anker birke dampf eimer falke garten"
DAY = date(2026, 3, 2)
CANARIES = ("Zwetschge", "Kirschkern", "ZWETSCHGE", "0151", "7654321", "Pflaumenallee")
SUBJECT = "Frau Zwetschge (Tel. 0151 7654321, Pflaumenallee 3) braucht einen Platz für Kirschkern."


@pytest.fixture(scope="module")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk, made once."""
    folder = tmp_path_factory.mktemp("papers") / "vault"
    desk, _ = Desk.create(
        folder, WORDS, name="Eschenried", user="Miriam Kessler", strength=Strength.INTERACTIVE
    )
    desk.close()
    return folder


@pytest.fixture
def desk(tmp_path: Path, desk_template: Path) -> Iterator[Desk]:
    """An open desk of this test alone."""
    shutil.copytree(desk_template, tmp_path / "desk")
    with Desk.unlock(tmp_path / "desk", WORDS) as desk:
        yield desk


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case with everything in it that could give somebody away."""
    client = Person(
        family_name="Zwetschge", given_names="Kirschkern", street="Pflaumenallee 3", phone="0151 7654321"
    )
    case = cases.open_new(desk, client)
    entry = {
        "held_on": "2026-03-02",
        "identity": "pseudonymous",
        "participants": ["Jobcenter Auental, Frau Winter", "Mutter Zwetschge"],
        "subject": SUBJECT,
        "decisions": ["Die Kita nimmt Kirschkern auf.", f"Nachweis zu {case.file_number} nachreichen."],
    }
    conferences.save(desk, case.id, entry)
    return case


def text_of(data: bytes, between: str = "\n") -> str:
    document = pypdfium2.PdfDocument(data)
    return between.join(page.get_textpage().get_text_range() for page in document)


def test_a_pseudonymous_record_holds_a_code_and_nobodys_name(desk: Desk, case: Case) -> None:
    file = cases.peek(desk, case.id)
    (conference,) = all_conferences(file)
    text = text_of(conference_record.pdf(desk, file, conference, DAY))
    assert [each for each in (*CANARIES, case.file_number) if each in text] == []
    assert conferences.case_code(desk, case.id) in text
    assert "Frau [Name] (Tel. [Kontakt], [Anschrift]) braucht einen Platz" in text.replace("\r\n", " ")
    assert "Frau Winter" in text  # who came for an agency is no secret


def test_an_open_record_names_the_client_and_who_lacks_a_consent(desk: Desk, case: Case) -> None:
    (known,) = all_conferences(cases.peek(desk, case.id))
    conferences.save(desk, case.id, {**known.entry, "identity": "open"}, place=known.place)
    file = cases.peek(desk, case.id)
    (conference,) = all_conferences(file)
    text = text_of(conference_record.pdf(desk, file, conference, DAY)).replace("\r\n", " ")
    assert "Kirschkern Zwetschge" in text
    assert case.file_number in text
    assert "Ohne gültige Einwilligung am Tisch: Jobcenter Auental, Mutter Zwetschge." in text


def test_the_client_at_the_table_needs_no_consent(desk: Desk, case: Case) -> None:
    client = (
        "Kirschkern Zwetschge",
        "Zwetschge, Kirschkern (Klient)",
        "Frau Zwetschge",
        "Klientin",
        "Klient*in",
    )
    others = "Anwältin Zwetschge", "Kanzlei Kirschkern Zwetschge", "Jobcenter"
    file = cases.peek(desk, case.id)
    assert conferences.without_consent(desk.catalogue, file, (*client, *others), DAY) == others


def test_signatures_stand_together_below_what_is_signed(desk: Desk, case: Case) -> None:
    """However long the paper is, they share a page with the last sentence, and no heading is alone."""
    signs = [PaperBlock("sign", "Übergebende Fachkraft"), PaperBlock("sign", "Übernehmende Fachkraft")]
    for count in range(18, 34):
        lines = [PaperBlock("item", f"Punkt {number}") for number in range(count)]
        last = [PaperBlock("heading", "Wer was erfährt"), PaperBlock("text", "Alle."), *signs]
        pages = text_of(lay_out("Probe", [*lines, *last], practice=False), between="\f").split("\f")
        (signed,) = [page for page in pages if "Übergebende" in page]
        assert all(words in signed for words in ("Übernehmende", "Wer was erfährt", "Alle."))


def test_names_of_every_script_stand_in_both_papers(desk: Desk, case: Case) -> None:
    desk.actor = "Лариса Şahin"
    file = cases.peek(desk, case.id)
    client = replace(file.persons[0], family_name="عثمان", given_names="آمنة")
    records.save(desk, client)
    hand_over(desk, case)
    records.save(desk, Consent(case_id=case.id, recipient_name="MBE Auental", given_on=date(2026, 2, 1)))
    (known,) = all_conferences(cases.peek(desk, case.id))
    conferences.save(desk, case.id, {**known.entry, "identity": "open"}, place=known.place)
    file = cases.peek(desk, case.id)
    record = conference_record.pdf(desk, file, all_conferences(file)[0], DAY)
    for data in (record, handover_protocol.pdf(desk, file, DAY)):
        text = text_of(data)
        assert all(words in text for words in ("عثمان", "آمنة", "Лариса Şahin", case.file_number))


def test_a_sign_no_font_has_is_refused_and_nothing_is_written(desk: Desk, case: Case, tmp_path: Path) -> None:
    (known,) = all_conferences(cases.peek(desk, case.id))
    conferences.save(desk, case.id, {**known.entry, "subject": "Hieroglyphe \U00013000"}, place=known.place)
    file = cases.peek(desk, case.id)
    with pytest.raises(ContentError) as refused:
        conference_record.save(desk, file, all_conferences(file)[0], tmp_path / "Protokoll.pdf", DAY)
    assert "\U00013000“ (U+13000)" in explain(refused.value).message
    assert not (tmp_path / "Protokoll.pdf").exists()


def test_writing_a_record_is_an_entry_of_the_trail_and_leaves_one_file(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    file = cases.peek(desk, case.id)
    conference_record.save(desk, file, all_conferences(file)[0], tmp_path / "Protokoll.pdf", DAY)
    assert [each.name for each in tmp_path.iterdir() if each.name != "desk"] == ["Protokoll.pdf"]


def hand_over(desk: Desk, case: Case) -> None:
    entry = phases.start(desk, case.id, Phase.EVALUATION)
    answers = {
        "closing": {"reason": "handed_over", "closed_on": "2026-03-02"},
        "handover": {
            "recipient": "MBE Auental",
            "handed_over_on": "2026-03-02",
            "open_points": ["Zwetschge hat noch keinen Pass."],
            "documents": ["Bescheid vom 01.02.2026"],
        },
    }
    phases.save_answers(desk, entry, answers)
    records.save(desk, Goal(case_id=case.id, text="Kirschkern geht in die Kita", level_case_manager=-1))
    records.save(desk, Goal(case_id=case.id, text="Ohne Schulden", level_case_manager=1))
    records.save(desk, Measure(case_id=case.id, title="Sprachkurs", state=MeasureState.RUNNING))
    records.save(desk, FollowUp(case_id=case.id, title="Widerspruch", due_on=date(2026, 4, 7)))


def test_a_protocol_without_consent_names_nobody(desk: Desk, case: Case) -> None:
    hand_over(desk, case)
    text = text_of(handover_protocol.pdf(desk, cases.peek(desk, case.id), DAY)).replace("\r\n", " ")
    assert [each for each in (*CANARIES, case.file_number) if each in text] == []
    assert "keine gültige Einwilligung nennt „MBE Auental“" in text
    assert "Erreichte Ziele • Ohne Schulden · Stufe +1 Offene Ziele" in text
    for words in ("[Name] geht in die Kita · Stufe −1", "Sprachkurs · läuft", "07.04.2026 · Widerspruch"):
        assert words in text


def test_with_a_consent_for_the_recipient_it_is_open(desk: Desk, case: Case) -> None:
    hand_over(desk, case)
    consent = Consent(case_id=case.id, recipient_name="MBE Auental", given_on=date(2026, 2, 1))
    records.save(desk, consent)
    later = Consent(case_id=case.id, recipient_name="Jobcenter Auental", given_on=date(2026, 2, 20))
    records.save(desk, later)  # one for somebody else is not the one the protocol rests on
    text = text_of(handover_protocol.pdf(desk, cases.peek(desk, case.id), DAY)).replace("\r\n", " ")
    assert "Kirschkern Zwetschge" in text
    assert "offen: Einwilligung vom 01.02.2026" in text


def test_a_long_record_runs_over_pages(desk: Desk, case: Case) -> None:
    (known,) = all_conferences(cases.peek(desk, case.id))
    long = {**known.entry, "decisions": [f"Beschluss {n}: " + "Wort " * 60 for n in range(40)]}
    conferences.save(desk, case.id, long, place=0)
    file = cases.peek(desk, case.id)
    data = conference_record.pdf(desk, file, all_conferences(file)[0], DAY)
    pages = len(pypdfium2.PdfDocument(data))
    assert pages > 2
    assert f"Seite {pages} von {pages}" in text_of(data)
