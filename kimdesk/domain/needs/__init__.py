"""Whether something is needed in a case: conditions as data, judged by what the case says.

The judgement is three-valued (Kleene): yes, no, and not known, which is never „no“.
"""
