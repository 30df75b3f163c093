"""Forms as data: what is asked, what an answer may be, what is shown, what is still missing."""
