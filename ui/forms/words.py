"""The words for typed records in buttons and questions."""

from ui.text import tr


def add_word(record: str) -> str:
    """Return what a button says that adds a ``record`` („Ziel“)."""
    return _singular()[record]


def new_question(record: str) -> str:
    """Return the title of the dialog that adds a ``record``."""
    return _new()[record]


def edit_question(record: str) -> str:
    """Return the title of the dialog that edits a ``record``."""
    return _edit()[record]


def _singular() -> dict[str, str]:
    return {
        "person": tr("Person"),
        "member": tr("Person"),
        "relation": tr("Relation"),
        "consent": tr("Consent"),
        "goal": tr("Goal"),
        "measure": tr("Measure"),
        "referral": tr("Referral"),
        "regime_spell": tr("Spell"),
        "residence_spell": tr("Residence status"),
        "contact": tr("Contact"),
        "follow_up": tr("Deadline or appointment"),
        "finding": tr("Structural finding"),
        "attachment": tr("Document"),
        "case": tr("Case"),
    }


def _new() -> dict[str, str]:
    return {
        "person": tr("Who joins the case?"),
        "member": tr("Who joins the case?"),
        "relation": tr("How do two persons belong together?"),
        "consent": tr("What has been consented to?"),
        "goal": tr("Which goal is agreed?"),
        "measure": tr("What happens next?"),
        "regime_spell": tr("Which benefit, insurance, course or job?"),
        "residence_spell": tr("Which residence status?"),
        "contact": tr("What was discussed?"),
        "follow_up": tr("What is due?"),
        "finding": tr("What does this case show about the system?"),
        "attachment": tr("What does this document prove?"),
    }


def _edit() -> dict[str, str]:
    return {
        "person": tr("Edit person"),
        "member": tr("Edit place in the household"),
        "relation": tr("Edit relation"),
        "consent": tr("Edit consent"),
        "goal": tr("Edit goal"),
        "measure": tr("Edit measure"),
        "regime_spell": tr("Edit spell"),
        "residence_spell": tr("Edit residence status"),
        "contact": tr("Edit contact"),
        "follow_up": tr("Edit deadline or appointment"),
        "finding": tr("Edit structural finding"),
        "attachment": tr("Edit document"),
        "case": tr("Edit case"),
    }
