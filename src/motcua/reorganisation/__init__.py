"""Reorganisation: government changes its shape on a day, and the work goes on.

A pack says which agencies end and which procedures move; this room shows beforehand what goes where and what nobody
can know without an address or a parcel, keeps who decided it, passes dossiers, positions and numbering on in chunks
that may be interrupted, and takes back what nobody has touched since. Not for the tree itself (`agencies`), nor for how
a single dossier is forwarded (`dossiers`).
"""
