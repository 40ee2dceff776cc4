"""Dossiers: the work itself. A declaration is filed, received, resolved step by step, and its result returned.

Here live the moves and the four axes of a dossier, its clock events, papers, letters, fees and codes, and the rows
that say who may see it. Not here: what a procedure asks (catalogue), how a date is counted (kernel.clock), who a
person is (people), pages that gather several rooms (portal, counter, operations).
"""
