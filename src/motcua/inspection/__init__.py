"""Inspection: a mandate lets somebody from outside look at one agency's work, for some days, and change nothing.

An administrator proposes it under the number of a decision, somebody else who leads or administers grants it. While it
stands its holder draws repeatable random samples, sees what was overridden, which calendars changed, who opened records
for a stated purpose, and carries dossiers away as sealed exports that the journal's independent verifier checks. Every
look is in the access log; when the mandate ends, every door shuts at once.
"""
