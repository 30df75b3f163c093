"""What became of a paper that was made here: printed, saved, handed out, kept in the case."""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.records.base import CaseRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperIssue(CaseRecord):
    """One paper that left the program, in which version and language, and to whom it went."""

    paper: str = ""  # its name among the papers ("referral-letter")
    title: str = ""
    version: int = 0  # of its text, 0 where the program itself is the text
    language: str = ""  # tag of BCP 47; German alone: "de"
    how: str = ""  # paper_way
    issued_on: date | None = None
    handed_to: str = ""
    about: str = ""  # the record it is about, "" for the case itself
    attachment_id: str = ""  # the paper as it was, when it is kept in the case
