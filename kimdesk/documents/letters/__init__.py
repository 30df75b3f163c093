"""Letters from texts as data: what the case knows is put into a text of the catalogue and laid out.

``making`` makes a letter, ``known`` says what a record tells, one module for each kind of record.
"""
