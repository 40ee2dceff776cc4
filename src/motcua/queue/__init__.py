"""Queue: numbers at a one-stop, from the kiosk's paper to the window that calls it, and how long people waited.

Here live the devices that give numbers and show calls, windows, tickets, the fair order, and waiting times. A ticket
knows nobody's name and no dossier; whoever serves it may note the opaque id of what came of it. Not here: the officer's
call bar (counter), what an agency does with a dossier (dossiers).
"""
