"""People: residents and organisations, as the law knows them, and which account speaks for whom.

One personal number is one party. Numbers, births, phones and addresses are sealed; they are found by blind index
and by folded words of the name. A difference between what was said and what is known is told to an officer, never
settled silently. Not for sign-in (`accounts`) and not for dossiers.
"""
