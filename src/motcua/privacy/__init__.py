"""Privacy: what the city holds of a person, who looked at it, and what she asks for.

Her page shows every look by others (office, purpose, time, never an officer's name), gives her everything held on her
as one file, and takes what she asks: to correct, to erase, to explain a look. Somebody who leads or administers the
agency answers within days that a pack fixes. Not for what the log itself keeps (`foundation.access`), nor for
destroying records (`retention`).
"""
