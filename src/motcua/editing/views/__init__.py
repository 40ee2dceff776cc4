"""Pages of the editor, one module a kind of page."""
