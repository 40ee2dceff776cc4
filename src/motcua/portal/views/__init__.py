"""Views of the portal: find, call, render."""
