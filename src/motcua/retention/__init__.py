"""Retention: how long a closed dossier is kept, who decides that it is destroyed, and the record that it was.

Schedules come from the packs, dated and sourced. A clerk proposes what is due, somebody who leads the agency confirms
it under a number, the platform erases; abandoned drafts go by themselves. What is held back (an open complaint, a hold
with its reason) is never destroyed. How a dossier is erased is for the rooms that keep it (`dossiers`, and those joined
to it).
"""
