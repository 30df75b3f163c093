"""The refusals of KIMdesk: a stable code each, never a name or an answer.

The German sentence behind a code stands in ``resources/texts/de/refusals/`` and is found by
``kimdesk.texts.refusals.explain``.
"""


class KimdeskError(Exception):
    """Something was refused and nothing was changed.

    ``code`` is stable (``E201``); ``facts`` fill the sentence and never identify a person.
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class VaultError(KimdeskError):
    """E0xx: the vault cannot be opened, or not with this passphrase."""


class BundleError(KimdeskError):
    """E1xx to E8xx: a bundle, receipt, request or certificate is refused."""


class ContentError(KimdeskError):
    """E7xx: an answer, document or import does not fit its schema."""


class ForeignFileError(KimdeskError):
    """E76x: the helper that reads a file of strangers had to end, or could not answer."""


class CaseworkError(KimdeskError):
    """E8xx: a rule of case management or of consent forbids this step."""


class StoreError(KimdeskError):
    """E9xx: the store, the disk or a lock is in the way."""


class DisclosureError(KimdeskError):
    """E98x: figures could tell of a person, or are not as they were checked."""
