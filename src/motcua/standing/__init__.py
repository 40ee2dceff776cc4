"""What an issued result is worth today: in force, replaced or withdrawn, by a list that everybody may keep.

A result that was signed stays as it is, and its signature stays valid for ever; that it holds no longer can only be
said beside it. Officers record the decision here; the whole list is signed as JWS and published, so that whoever
verifies a paper, also without us, learns what became of it. It names no person. Not here: making the new result.
"""
