"""The pages of this room: a person's own, those on her phone, the desk's, the figures."""
