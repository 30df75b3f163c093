"""Screening of Baustein 3: which rights to stay and to be naturalised a person comes near, and when.

No legal advice: a light is a reason to talk to the authority or to counsel, it decides nothing.
"""
