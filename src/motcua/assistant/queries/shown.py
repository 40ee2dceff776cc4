"""A turn as other rooms show it: the same drawing as on the assistant's own page."""

from motcua.assistant.drawn import commune_called, communes, turn

__all__ = ["commune_called", "communes", "turn"]
