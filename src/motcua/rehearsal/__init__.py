"""Rehearsal: the dossiers of the last months once more, under a law, a calendar or a staffing that is only thought of.

It reads how dossiers were lived, replays that in memory and tells the difference in due dates, lateness, fees and
queues. Nothing of a person is read and nothing is written. Not here: publishing what was rehearsed (foundation.packs).
"""
