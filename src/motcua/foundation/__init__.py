"""The foundation: what every room stands on and no citizen ever sees.

It knows Django and knows no business: acts and their journal, the log of who read what, events and
background tasks, packs, the one policy and the doors of pages, sealed values, refusals, and the pieces
pages are built from. It is not the place for anything with the word "dossier" in it.
"""
