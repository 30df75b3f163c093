"""One file per refusal: KIMdesk gives each the code its head names, and takes the sound ones."""

import re
from pathlib import Path

import pytest

import kimdesk
from tests.vectors import vector
from tests.vectors.reading import outcome

FOLDER = Path(__file__).parent.parent / "vectors" / "refused"
VECTORS = [vector.read(path) for path in sorted(FOLDER.glob("*.kimv"))]


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: str(case.name))
def test_each_gets_its_code(case: vector.Vector) -> None:
    assert outcome(case, FOLDER) == case.head["outcome"]


ELSEWHERE = {
    "disk, stick and folder": "E105 E303 E608 E609 E610 E910 E911",
    "what the reader's machine gives": "E601 E605 E606 E607 E700 E756 E757 E760 E761 E763 E764 E765",
    "what the desk knows already": "E208 E209 E211 E219 E304 E404 E405 E406 E407 E408 E743 E745 E747 E748 "
    "E749 E790 E791 E792 E793 E794 E795 E796 E802 E806 E807",
    "what the Kreis knows already": "E212 E213 E214 E216 E217 E218 E222 E224 E401 E402",
    "which colleagues a desk knows": "E220 E431",
    "where a case stands": "E421 E422 E423 E424 E425 E426 E427 E428 E429 E430 E433 E434 E435 E851",
    "what a person types": "E713",
    "what is asked of a report or of the network": "E775 E810 E811 E812 E813 E814 E815 "
    "E816 E818 E819 E980 E986 E987",
    "where the registry stands": "E966 E967 E968 E969 E975",
}
"""Refusals that depend on more than one file and the keys to read it, and on what."""
_RAISED = re.compile(r"""["'](E\d{3})["']""")
_ROOMS = ("sync", "kreis")


def test_every_refusal_has_a_vector_or_a_reason_why_not() -> None:
    root = Path(kimdesk.__file__).parent
    sources = [path for room in _ROOMS for path in (root / room).rglob("*.py")]
    raised = {code for path in sources for code in _RAISED.findall(path.read_text(encoding="utf-8"))}
    shown = {case.head["outcome"] for case in VECTORS} - {"ok"}
    elsewhere = {code for codes in ELSEWHERE.values() for code in codes.split()}
    assert raised - shown - elsewhere == set()
    assert elsewhere - raised == set(), "nobody says this any more"


def test_every_refusal_of_the_document_is_one_of_ours() -> None:
    text = (Path(__file__).parents[2] / "docs" / "bundle-format.md").read_text(encoding="utf-8")
    table = text.partition("## 11. Refusals")[2].partition("## 12.")[0]
    told = {
        code for line in table.splitlines() for code in re.findall(r"E\d{3}", line.partition("|")[2][:40])
    }
    assert {case.head["outcome"] for case in VECTORS} - {"ok"} <= told
