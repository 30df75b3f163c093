"""Persons, their place in a case, how they are related, what they consent to."""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records.base import CaseRecord, Record
from kimdesk.domain.terms import Role, SharingLevel


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A language (ISO 639-3), how well it is spoken, and whether an interpreter is needed."""

    language: str
    level: str = ""  # language_level
    interpreter: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Person(Record):
    """A person, with names as in DSAusländer; shared by the cases of one household."""

    family_name: str = ""
    given_names: str = ""
    birth_name: str = ""
    call_name: str = ""
    german_name: str = ""  # the name under German law, where it differs (Art. 47 EGBGB, § 94 BVFG)
    alias: str = ""
    original_name: str = ""  # in the script of the passport
    single_name: bool = False
    birth_date: PartialDate | None = None
    birth_fictitious: bool = False
    birth_place: str = ""
    birth_country: str = ""  # nationality
    sex: str = ""  # sex
    nationalities: tuple[str, ...] = ()  # nationality, Destatis keys
    languages: tuple[LanguageSkill, ...] = ()
    street: str = ""
    postcode: str = ""
    city: str = ""
    arrived_on: PartialDate | None = None
    phone: str = ""
    email: str = ""
    safe_contact: str = ""
    contact_channels: tuple[str, ...] = ()  # contact_channel: on which ways a contact does no harm
    contact_caution: str = ""  # what to mind: when not to speak, who must not hear of it
    interpreter_wish: str = ""
    address_blocked: bool = False  # Auskunftssperre, § 51 BMG
    protected: bool = False  # Gewaltschutz: the address is never printed or exported
    azr_number: str = ""  # never a key, never exported


@dataclass(frozen=True, kw_only=True, slots=True)
class Member(CaseRecord):
    """A person's place in a case and its household."""

    person_id: str
    role: Role = Role.CLIENT
    relation: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation(CaseRecord):
    """How two persons of a case stand to each other: ``person_id`` is the ``kind`` of ``other_id``."""

    person_id: str
    other_id: str
    kind: str = ""  # relation_kind
    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent(CaseRecord):
    """A consent or release of confidentiality, one per recipient and purpose (§ 67b Abs. 2 SGB X)."""

    person_id: str = ""  # whose information it is about; the client's when empty
    recipient: str = ""  # code of a service, or "ki" for the Kreis
    recipient_name: str = ""
    purpose: str = ""  # consent_purpose
    kinds: tuple[str, ...] = ()  # information_kind
    special_categories: tuple[str, ...] = ()  # special_category, Art. 9 DSGVO
    level: SharingLevel = SharingLevel.IDENTIFIED
    necessity: str = ""
    refusal_consequences: str = ""
    mutual: bool = False
    form: str = "written"  # consent_form
    given_on: date | None = None
    valid_until: date | None = None
    withdrawn_on: date | None = None
    language: str = ""  # language
    interpreter: str = ""
