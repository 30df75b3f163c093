"""What people read: texts by their names, days and numbers in words, refusals, and what rules say.

It stands above the rooms that work: they return codes and facts, this one puts them into words.
"""

from kimdesk.texts.speech import GERMAN, Speech, say

__all__ = ["GERMAN", "Speech", "say"]
