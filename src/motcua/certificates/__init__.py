"""Certificates: a citizen's own digital signature, for which the one-stop is a place of registration and no more.

Who she is was checked, she consented, the request goes to a public certificate authority through a connector. Her key
is made on her own device or in the authority's service: no private key ever comes here, and one that does is refused.
Not here: keys and signatures of officers (`signing`, `issuing`), the dossier itself (`dossiers`).
"""
