"""Forecast: by which date nine of ten dossiers like an open one were finished, and whether such dates have held.

Learnt each night from how dossiers were lived (moments and steps, nothing of a person), judged on months that were held
out. Not here: the due date, which the law sets (kernel.clock), and any promise that replaces it.
"""
