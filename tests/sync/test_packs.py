"""Catalogue packs: published by a Kreis, taken by its desks, refused when anything is wrong with them."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kimdesk.casework import layers, referrals, trail
from kimdesk.casework.trail import Filter
from kimdesk.catalogue.differences import Turn
from kimdesk.catalogue.layers import Origin
from kimdesk.domain import dates
from kimdesk.domain.dates import today
from kimdesk.domain.errors import BundleError, ContentError, KimdeskError, StoreError
from kimdesk.kreis.enrolled import keyring
from kimdesk.kreis.stock import publishing
from kimdesk.kreis.stock.publishing import Published
from kimdesk.store.layers import stored_layers
from kimdesk.sync import catalogue, packs
from kimdesk.sync.packs import Pack
from kimdesk.sync.sealing import container, signed, wire
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.trust import device, kreis_keys
from kimdesk.texts.packs import PackWords
from tests.catalogue.layer_kit import MOTHERS, layer, table
from tests.sync.exchange import AGS, Exchange, enrol, make_desk

JOBCENTER = "services/jobcenter.toml"
SHIPPED = int(table(JOBCENTER)["version"])
MOTHERS_AT = "services/district_mothers.toml"
Documents = dict[str, dict[str, Any]]


def publish(exchange: Exchange, documents: Documents | None = None, **how: Any) -> Published:
    if documents is not None:
        publishing.save_draft(exchange.kreis, documents)
    return publishing.publish(exchange.kreis, **how)


def changed(**values: Any) -> Documents:
    """Return the Jobcenter with another value, and the mothers of the district."""
    return {JOBCENTER: table(JOBCENTER, **values), MOTHERS_AT: deepcopy(MOTHERS)}


def told(exchange: Exchange, made: Published) -> list[tuple[str, str, str, str]]:
    words = PackWords(exchange.desk.catalogue)
    rows = map(words.told, catalogue.look(exchange.desk, made.file).differences)
    return [(row.change, row.what, row.before, row.after) for row in rows]


def refusal(exchange: Exchange, data: bytes) -> KimdeskError:
    """Return how the desk refuses ``data``; nothing of it is kept."""
    with exchange.desk.reading() as reader:
        before = stored_layers(reader)
    with pytest.raises(KimdeskError) as looked:
        catalogue.look(exchange.desk, data)
    with pytest.raises(KimdeskError) as taken:
        catalogue.take(exchange.desk, data)
    with exchange.desk.reading() as reader:
        assert stored_layers(reader) == before
    assert looked.value.code == taken.value.code
    return taken.value


def pack(**changes: Any) -> Pack:
    fields: dict[str, Any] = {
        "needs": "0.1", "kreis_name": "Kreis Auental", "version": 1, "note": "",
        "issued": "2026-11-24T09:00:00Z", "valid_from": "2026-11-24", "not_after": "2027-02-22",
        "documents": {MOTHERS_AT: msgspec.to_builtins(MOTHERS)},
    }  # fmt: skip
    return Pack(**(fields | changes))


def by_the_kreis(exchange: Exchange, body: msgspec.Struct, kind: str = packs.CATALOGUE) -> bytes:
    trusted = keyring.trust(exchange.kreis)
    return signed.sign(kind, body, trusted.publisher, keys=trusted.ring.statement)


def test_what_the_kreis_publishes_is_taken_and_offered(exchange: Exchange) -> None:
    made = publish(exchange, changed(answer_days=14), note="Bitte ab Montag.")
    taken = catalogue.take(exchange.desk, made.file)
    assert (taken.version, taken.note, taken.kreis_name) == (1, "Bitte ab Montag.", "Kreis Auental")
    service = exchange.desk.catalogue.service("jobcenter")
    assert (service.version, service.answer_days) == (SHIPPED + 1, 14)
    assert exchange.desk.catalogue.service("jobcenter", SHIPPED).answer_days == 21
    assert exchange.kreis.catalogue.service("jobcenter").answer_days == 14
    words = [line.words for line in trail.page(exchange.desk, Filter()).lines]
    assert "Stammdatenpaket eingespielt" in words
    assert "Stammdatenpaket veröffentlicht" in [
        line.words for line in trail.page(exchange.kreis, Filter()).lines
    ]


def test_the_difference_is_told_field_by_field_before_anything_changes(exchange: Exchange) -> None:
    documents = changed(answer_days=14)
    documents[JOBCENTER]["item"][0]["note"] = "mit Unterschrift"
    documents[JOBCENTER]["item"].append({"code": "fee_notice", "label": "Gebührenbescheid"})
    rows = told(exchange, publish(exchange, documents))
    assert ("kommt dazu", "Stelle „Stadtteilmütter Eschenried“", "", "") in rows
    assert ("ändert sich", "Stelle „Jobcenter“: Antwort erwartet in Tagen", "21", "14") in rows
    assert ("kommt dazu", "Stelle „Jobcenter“ › Unterlage „Gebührenbescheid“", "", "") in rows
    item = "Stelle „Jobcenter“ › Unterlage „Hauptantrag, unterschrieben“: Anmerkung"
    assert ("ändert sich", item, "", "mit Unterschrift") in rows
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 21


def test_what_the_second_pack_takes_out_is_told_and_stays_readable(exchange: Exchange) -> None:
    catalogue.take(exchange.desk, publish(exchange, changed(answer_days=14)).file)
    known = exchange.case()
    referral = referrals.prepare(
        exchange.desk, known.case.id, "district_mothers", agency="", purpose="counselling",
        override_reason="im Gespräch so gewünscht",
    )  # fmt: skip
    second = publish(exchange, {JOBCENTER: table(JOBCENTER, answer_days=10)})
    rows = told(exchange, second)
    last = f"{today() - timedelta(days=1):%d.%m.%Y}"
    gone = ("fällt weg", "Stelle „Stadtteilmütter Eschenried“: gilt bis", "", last)
    assert [row for row in rows if row[0] == "fällt weg"] == [gone]
    catalogue.take(exchange.desk, second.file)
    offered = [one.code for one in exchange.desk.catalogue.services()]
    assert "district_mothers" not in offered
    assert exchange.desk.catalogue.service("district_mothers", referral.service_version).items


def test_a_desk_that_never_saw_the_first_pack_reads_what_was_made_with_it(
    exchange: Exchange, tmp_path: Path
) -> None:
    publish(exchange, changed(answer_days=14))
    form = table("forms/intake.toml")
    form["section"][0]["field"].append({"id": "own", "type": "text", "label": "Eigenes"})
    publish(exchange, {JOBCENTER: table(JOBCENTER, answer_days=10), "forms/intake.toml": form})
    form["section"][0]["field"].append({"id": "more", "type": "text", "label": "Noch eines"})
    third = publish(exchange, {JOBCENTER: table(JOBCENTER, answer_days=7), "forms/intake.toml": form})
    (tmp_path / "in").mkdir()
    with make_desk(tmp_path / "later", "Ostermark") as later:
        enrol(later, exchange.kreis, tmp_path / "in")
        catalogue.take(later, third.file)
        assert later.catalogue.service("jobcenter").answer_days == 7
        assert later.catalogue.service("jobcenter", SHIPPED + 1).answer_days == 14
        assert later.catalogue.versions("district_mothers")
        assert "district_mothers" not in [one.code for one in later.catalogue.services()]
        assert [later.catalogue.form("intake", each).version for each in (1, 2, 3)] == [1, 2, 3]
        assert later.catalogue.form("intake").sections[0].field("more")


def test_a_shipped_service_is_withdrawn_and_comes_back(exchange: Exchange) -> None:
    edited = table(JOBCENTER, answer_days=14)
    catalogue.take(exchange.desk, publish(exchange, {JOBCENTER: edited}).file)
    gone = msgspec.to_builtins(exchange.desk.catalogue.layers[-1].documents[JOBCENTER])
    gone["valid_until"] = (today() - timedelta(days=1)).isoformat()
    catalogue.take(exchange.desk, publish(exchange, {JOBCENTER: gone}).file)
    assert "jobcenter" not in [one.code for one in exchange.desk.catalogue.services()]
    catalogue.take(exchange.desk, publish(exchange, {}).file)
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 21
    assert "jobcenter" in [one.code for one in exchange.desk.catalogue.services()]


def test_a_code_that_the_kreis_takes_out_is_still_said(exchange: Exchange) -> None:
    urgency = table("codelists/urgency.toml")
    own = {**urgency, "code": [*urgency["code"], {"code": "spring", "label": "im Frühjahr"}]}
    catalogue.take(exchange.desk, publish(exchange, {"codelists/urgency.toml": own}).file)
    assert "spring" in [one.code for one in exchange.desk.catalogue.code_list("urgency").offered()]
    catalogue.take(exchange.desk, publish(exchange, {"codelists/urgency.toml": urgency}).file)
    now = exchange.desk.catalogue.code_list("urgency")
    assert now.label("spring") == "im Frühjahr"
    assert "spring" not in [one.code for one in now.offered()]


def test_a_pack_waits_for_its_day_and_then_counts_by_itself(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.take(exchange.desk, publish(exchange, changed(answer_days=14)).file)
    day = today() + timedelta(days=20)
    coming = publish(exchange, changed(answer_days=10), valid_from=day)
    catalogue.take(exchange.desk, coming.file)
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 14
    assert catalogue.standing(exchange.desk).valid_from == day
    _on(monkeypatch, day)
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 10


def test_going_back_uses_the_pack_before_and_never_an_older_file(exchange: Exchange) -> None:
    first = publish(exchange, changed(answer_days=14))
    second = publish(exchange, changed(answer_days=10))
    catalogue.take(exchange.desk, first.file)
    catalogue.take(exchange.desk, second.file)
    assert catalogue.standing(exchange.desk).back == 1
    now = catalogue.go_back(exchange.desk)
    assert now.used
    assert (now.used.version, now.back) == (1, 2)
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 14
    assert exchange.desk.catalogue.service("jobcenter", SHIPPED + 2).answer_days == 10
    for file in (first.file, second.file):
        assert refusal(exchange, file).code == "E743"
    catalogue.go_back(exchange.desk)
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 10


def test_going_back_from_the_first_pack_leaves_what_is_shipped(exchange: Exchange) -> None:
    with pytest.raises(ContentError, match="E745"):
        catalogue.go_back(exchange.desk)
    made = publish(exchange, changed(answer_days=14))
    catalogue.take(exchange.desk, made.file)
    assert catalogue.standing(exchange.desk).back == 0
    now = catalogue.go_back(exchange.desk)
    assert (now.used, now.back) == (None, 1)
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 21
    assert refusal(exchange, made.file).code == "E743"
    again = exchange.reopened()
    assert catalogue.go_back(again.desk).back == 0
    assert again.desk.catalogue.service("jobcenter").answer_days == 14
    again.close()


def test_an_expired_pack_is_told_and_goes_on_counting(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.take(exchange.desk, publish(exchange, changed(answer_days=14)).file)
    assert not catalogue.standing(exchange.desk).expired
    _on(monkeypatch, today() + publishing.EXPIRES + timedelta(days=1))
    assert catalogue.standing(exchange.desk).expired
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 14


def test_a_layer_of_the_municipality_stays_over_a_pack(exchange: Exchange) -> None:
    own = {"services/mbe.toml": table("services/mbe.toml", name="MBE hier", version=2)}
    layers.use_layer(exchange.desk, layer(own))
    catalogue.take(exchange.desk, publish(exchange, {"services/mbe.toml": table("services/mbe.toml")}).file)
    assert exchange.desk.catalogue.service("mbe").name == "MBE hier"
    catalogue.go_back(exchange.desk)
    assert exchange.desk.catalogue.service("mbe").name == "MBE hier"


def test_the_draft_is_kept_and_dropped_and_a_broken_one_is_never_published(exchange: Exchange) -> None:
    documents = changed(purposes=["fun"])
    publishing.save_draft(exchange.kreis, documents)
    assert publishing.draft(exchange.kreis).begun
    with pytest.raises(ContentError, match="E741"):
        publishing.publish(exchange.kreis, folder=exchange.stick)
    assert list(exchange.stick.iterdir()) == []
    assert publishing.published(exchange.kreis) == ()
    publishing.drop_draft(exchange.kreis)
    assert not publishing.draft(exchange.kreis).begun
    assert publishing.draft(exchange.kreis).documents == {}


def test_a_pack_that_nobody_holds_was_not_published(exchange: Exchange) -> None:
    with pytest.raises(StoreError, match="E920"):
        publish(exchange, changed(answer_days=14), folder=exchange.stick / "pulled_out")
    assert publishing.published(exchange.kreis) == ()
    assert exchange.kreis.catalogue.service("jobcenter").answer_days == 21
    assert publish(exchange).version == 1


def test_checking_a_draft_says_what_would_change_and_changes_nothing(exchange: Exchange) -> None:
    found = publishing.check(exchange.kreis, changed(answer_days=14))
    assert found.catalogue.service("jobcenter").answer_days == 14
    assert {each.change for each in found.differences} == {Turn.ADDED, Turn.CHANGED}
    assert exchange.kreis.catalogue.service("jobcenter").answer_days == 21


def test_a_pack_of_another_kreis_and_of_another_key_is_refused(exchange: Exchange, tmp_path: Path) -> None:
    with make_desk(tmp_path / "other", "Kreis Auental", "kreis") as other:
        publishing.save_draft(other, changed(answer_days=14))
        assert refusal(exchange, publishing.publish(other).file).code == "E210"
    trusted = keyring.trust(exchange.kreis)
    others = (
        device.identity(exchange.desk),
        trusted.root,
        trusted.ring.exchange,
        DeviceIdentity.create("kreis"),
    )
    for key in others:  # the desk's own, and every other key of the right Kreis
        for keys in (b"", trusted.ring.statement):
            assert refusal(exchange, signed.sign(packs.CATALOGUE, pack(), key, keys=keys)).code == "E210"


def test_a_new_key_for_packs_comes_with_the_pack_and_the_old_one_counts_no_more(exchange: Exchange) -> None:
    first = publish(exchange, changed(answer_days=14))
    trusted = keyring.trust(exchange.kreis)
    new = DeviceIdentity.create("kreis")
    said = kreis_keys.state(trusted.root, trusted.ring.exchange.public, new.signing.public, version=2)
    made = packs.write(pack(documents={}), new, keys=said)
    catalogue.take(exchange.desk, made)
    old = by_the_kreis(exchange, pack(version=9))
    assert refusal(exchange, old).code == "E210"
    assert refusal(exchange, first.file).code == "E210"
    assert refusal(exchange, packs.write(pack(version=1), new)).code == "E743"
    catalogue.take(exchange.desk, packs.write(pack(version=2, documents={}), new))


def test_a_signature_of_another_kind_does_not_count(exchange: Exchange) -> None:
    made = by_the_kreis(exchange, pack(), "certificate")
    assert refusal(exchange, made).code == "E104"
    assert refusal(exchange, made.replace(b'"certificate"', b'"catalogue"', 1)).code != ""


def test_only_an_enrolled_desk_takes_packs(exchange: Exchange, tmp_path: Path) -> None:
    made = publish(exchange, changed(answer_days=14))
    new = make_desk(tmp_path / "new", "Neu", municipalities=(AGS,))
    with new, pytest.raises(BundleError, match="E802"):
        catalogue.take(new, made.file)
    with pytest.raises(BundleError, match="E807"):
        catalogue.take(exchange.kreis, made.file)
    with pytest.raises(BundleError, match="E806"):
        publishing.publish(exchange.desk)


class Future(msgspec.Struct, kw_only=True):
    """A pack of a later KIMdesk."""

    format: int = wire.FORMAT
    needs: str = "0.3"
    letters: list[str] = []


BAD: dict[str, tuple[str, msgspec.Struct]] = {
    "a later catalogue": ("E503", Future()),
    "a later catalogue of our shape": ("E503", pack(needs="1.0", documents={"letters/x.toml": {"a": 1}})),
    "another major version": ("E501", pack(format=2)),
    "a member nobody knows": ("E103", Future(needs="0.1")),
    "a kind of document nobody knows": ("E740", pack(documents={"drawings/x.toml": {"a": 1}})),
    "a letter that cannot be written": ("E741", pack(documents={"letters/x.toml": {"a": 1}})),
    "a way out of the folder": ("E740", pack(documents={"../x.toml": {}})),
    "a month 13": ("E103", pack(valid_from="2026-13-01")),
    "a moment in another zone": ("E103", pack(issued="2026-11-24T09:00:00+01:00")),
    "an end before the start": ("E103", pack(not_after="2026-01-01")),
    "no version": ("E103", pack(version=0)),
    "a huge version": ("E103", pack(version=2**40)),
    "a name that steers a terminal": ("E103", pack(kreis_name="Kreis \x1b[2J")),
    "a text that turns its direction": ("E103", pack(documents={MOTHERS_AT: {"name": "a\u202eb"}})),
    "a note without end": ("E103", pack(note="x" * 2001)),
    "a text without end": ("E604", pack(documents={MOTHERS_AT: {"name": "x" * 20_001}})),
    "too many documents": ("E604", pack(documents={f"services/a{at}.toml": {} for at in range(501)})),
    "too many entries": ("E604", pack(documents={MOTHERS_AT: {"item": [0] * 2001}})),
    "too deep": ("E604", pack(documents={MOTHERS_AT: {"item": [[[[[[[[[[[[[]]]]]]]]]]]]]}})),
    "too large": ("E601", pack(documents={MOTHERS_AT: {"item": ["x" * 15_000] * 80}})),
    "a broken document": ("E741", pack(documents={MOTHERS_AT: {}})),
    "a list the program works with": (
        "E742",
        pack(documents={"codelists/phase.toml": msgspec.to_builtins(
            table("codelists/phase.toml", code=[{"code": "aftercare", "label": "Nachsorge"}]))}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_pack_of_the_right_kreis_is_refused_whole(exchange: Exchange, fault: str) -> None:
    code, body = BAD[fault]
    found = refusal(exchange, by_the_kreis(exchange, body))
    assert found.code == code
    if code == "E503":
        assert found.facts["version"] in ("0.3", "1.0")


def test_no_bit_and_no_cut_passes(exchange: Exchange) -> None:
    key = keyring.trust(exchange.kreis).publisher
    made = packs.write(pack(), key)
    for at in _places(len(made)):
        flipped = bytearray(made)
        flipped[at] ^= 1 << (at % 8)
        with pytest.raises(BundleError):
            packs.read(bytes(flipped), key.signing.public)
        with pytest.raises(BundleError):
            packs.read(made[:at], key.signing.public)
    with pytest.raises(BundleError):
        packs.read(made + b"\0", key.signing.public)
    assert len(made) > container.TRAILER


def _places(size: int) -> Iterator[int]:
    """Yield every byte of the header and the end, and every 7th between."""
    return (at for at in range(size) if at < 400 or at > size - 20 or at % 7 == 0)


def test_an_older_version_is_never_taken_again(exchange: Exchange) -> None:
    first, second = publish(exchange, changed(answer_days=14)), publish(exchange, changed(answer_days=10))
    catalogue.take(exchange.desk, second.file)
    assert refusal(exchange, first.file).code == "E743"
    assert refusal(exchange, second.file).code == "E743"


def test_a_changed_kreis_counts_its_packs_from_one(exchange: Exchange, tmp_path: Path) -> None:
    for days in (14, 10):
        catalogue.take(exchange.desk, publish(exchange, changed(answer_days=days)).file)
    (tmp_path / "in").mkdir()
    with make_desk(tmp_path / "other", "Kreis Neuland", "kreis") as other:
        enrol(exchange.desk, other, tmp_path / "in")
        assert exchange.desk.catalogue.service("jobcenter").answer_days == 10
        publishing.save_draft(other, changed(answer_days=5))
        catalogue.take(exchange.desk, publishing.publish(other).file)
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 5
    with exchange.desk.reading() as reader:
        offered = [one for one in stored_layers(reader) if one.holds(today())]
    assert [(one.origin, one.name) for one in offered] == [(Origin.KREIS, "Kreis Neuland")]


def _on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let the program live on another day."""

    class Clock(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return day

    monkeypatch.setattr(dates, "date", Clock)
    assert dates.today() == day
