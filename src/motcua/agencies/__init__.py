"""Agencies: the tree of government and its areas through time, and who holds which position in it.

Answers: which agencies stood on a day, what became of them, who is competent, whose calendar counts, which
offices an account holds. Not for dossiers, and not for persons who are served (`people`).
"""
