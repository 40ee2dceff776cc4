"""Digitising: papers that were handed over become electronic ones.

A scan is made of uploaded pages: put in order, turned upright, straightened, set as one PDF/A with the text that was
read in it. What the text proposes for the declaration is shown beside the picture, and a person accepts it or not.
Not here: whether a paper is needed (`catalogue`, `dossiers`), stored bytes (`files`), signatures (`signing`).
"""
