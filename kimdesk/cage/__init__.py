"""Bytes of strangers are read in a caged helper process: it may crash or swell, and nothing is lost.

A ``CagedReader`` names a function and the shape of its answer. Calling it hands the bytes to a helper that
has no files, no network, little memory and little time, and returns the typed answer or raises a typed
refusal. A ``CagedStream`` does the same with what is too long to be held at once.
"""

from kimdesk.cage.limits import MIB, Limits
from kimdesk.cage.reader import CagedReader, CagedStream
from kimdesk.cage.stopping import Stop, heeded

__all__ = ["MIB", "CagedReader", "CagedStream", "Limits", "Stop", "heeded"]
