"""Catalogue: which procedures exist, what each asks, how long, how much, who decides, which door is open when.

A procedure is *full* (with its own electronic declaration), *generic* (declared on a general form built from its
pack) or *listed* (known by name from an official list; found and shown, not fileable). Not here: what somebody
declared (dossiers), how documents become versions (foundation.packs), who is competent for a place (agencies).
"""
