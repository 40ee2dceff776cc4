"""Notes: what officers write beside a dossier for one another: internal notes, and the labels of an agency.

A note is written for those who work on the dossier: it is no letter, no remark of the signer, no reason that an
applicant is owed; those stay where the law puts them (`dossiers`). A label sorts work (“Gấp”, “Chờ ảnh”); it changes no
state, no clock and no right. Both stay with the dossier when it passes to another agency.
"""
