"""Plain rules of editing: what a draft's document is, where things stand in it. No table, no clock."""

from motcua.editing.rules.document import (
    Doubts,
    blank,
    declaration_of,
    key_of,
    normal,
    procedure_of,
    short_name,
)

__all__ = ["Doubts", "blank", "declaration_of", "key_of", "normal", "procedure_of", "short_name"]
