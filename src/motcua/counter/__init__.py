"""The counter: where officers work. Worklists, intake of walk-ins, the dossier on one page, search, prints.

It gathers the rooms below and owns no rule of theirs. Its one table is the visit: the person who stands at the desk,
kept sealed for an hour, so that several dossiers can be taken in for her. Citizens' pages are in `portal`.
"""
