"""Periods, form II.06a, index 766, the rating of 2018, petitions: plain data, no Django, no clock, no table."""

READERS = (
    "leader",
    "head",
)  # who answers for an agency reads its reports, closes them, and answers petitions
