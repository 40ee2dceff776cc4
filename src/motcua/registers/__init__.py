"""Registers: what the city remembers. Facts that results wrote down, each person's store of papers, and once-only.

A fact stands with its source and its validity and is never changed: a later result takes its place. What lies in a
person's store is hers: it goes into a new dossier with her consent or on a recorded legal basis, and never because
somebody typed her number. Dossiers are not known here: they call, and are named by their public id.
"""
