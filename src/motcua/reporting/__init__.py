"""Reporting: what the law makes an agency report and be measured by, from its own dossiers.

Here live form II.06a as closed and hashed reports, the service-quality index 766 with the dossiers behind each
point, the
historical rating of 2018, and petitions about procedures with the public page that answers for them. Not here: the
leaders' daily figures (operations), who may see a dossier (dossiers).
"""
