"""Papers: what the one-stop and the agencies issue, as files that outlive the platform.

A letter of a dossier, or its result, becomes a PDF in the background: set by typst after a layout of the packs, in our
own letters, PDF/A-3b and tagged, with its record attached as JSON after a published schema. The file is kept by its
content hash. Not here: what a letter says (`dossiers` and the packs' letters), and signatures: the layouts leave a
place for them.
"""
