"""How the state of a desk is shown: a sign and a tone, beside its sentence."""

SIGNS = {
    "quarantine": ("quarantine", "bad"),
    "refused": ("missing", "bad"),
    "held": ("hourglass-medium", "warn"),
    "missing": ("warning", "warn"),
    "expired": ("hourglass-medium", "warn"),
    "revoked": ("prohibit", "bad"),
    "silent": ("clock", "warn"),
    "never": ("clock", "text-2"),
    "fine": ("check-circle", "ok"),
}


def sign(state: str) -> tuple[str, str]:
    """Return icon and tone for the state of a desk."""
    return SIGNS[state]


def short(sentence: str) -> str:
    """Return the head of the sentence about a desk: „Paket 14 fehlt“."""
    return sentence.split(". ", 1)[0].split(": ", 1)[0].removesuffix(".")
