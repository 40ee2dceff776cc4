"""Files: the stored bytes of papers. Taken in with care, kept once by content, sealed on the disk, given out safely.

What comes in is known by its content, never by its name; pictures lose their metadata; a full disk is a sentence.
Not here: which paper a file is and who may see it (dossiers decide that before they call), what it says.
"""
