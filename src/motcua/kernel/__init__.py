"""Plain Python that the law rests on: the legal clock, conditions, forms, identifiers, text, money.

Knows no Django, reads no files and no clock: the facts and the time are handed in. Not for anything
that needs a table, a page or a setting.
"""
