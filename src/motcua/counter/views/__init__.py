"""Views of the counter: find, call, render."""
