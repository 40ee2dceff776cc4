"""Operations: the leaders' room. What came in, what was resolved and how late, what is open, each figure with its rows.

Here live the daily figures, which follow the announcements of the dossiers room, and the pages that show them. Not
here: who may see a dossier (dossiers), the officer's own worklist (counter), statutory reports.
"""
