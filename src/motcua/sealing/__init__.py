"""The sealed journal: what stands in it is bound, every few minutes, to a signed root that anybody may keep.

`motcua.foundation.journal` chains the lines; whoever may write every table could still rewrite a chain whole. Here the
hashes of new lines are gathered into numbered seals (a Merkle tree each, chained, signed as JWS) and the seals of a day
into a daily tree that another authority time-stamps; roots are published as open data and copied outside the database.
Not here: what the lines say, and the keys of people and agencies (`signing`).
"""
