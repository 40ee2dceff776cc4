"""Pages on which editors teach the assistant."""
