"""Editing: an administrator drafts a procedure in the browser, sees it as the citizen will, proves it, publishes it.

A draft is the document of a pack, `procedures/<id>.yaml`, with its declaration (`declarations/<id>.yaml`) inside under
`declaration`; every change makes a revision. What a document may say is judged by `foundation.packs`, what holds of it
by the kernel's prover; the published version is the store's. Not here: who may publish packs from files (the command
line), what a published version means (catalogue).
"""
