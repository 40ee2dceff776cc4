"""Một Cửa ("one door"): a platform on which a Vietnamese province or city runs its one-stop administration.

The rooms stand on floors (`motcua.floors`); `docs/map.md` says what each is for.
"""

__version__ = "0.1.0"
