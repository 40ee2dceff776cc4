"""Issuing: a decision becomes a document: signed by who may, numbered, sealed by the clerk, kept as the result.

Whose key, who may sign what for whom (TM., KT., TL., TUQ.), numbers by agency and year, one signature or many in one
act. Not here: how a signature is made (signing), how the paper is set (papers), where the dossier stands (dossiers).
"""
