"""Plain rules of editing: changes at places, conditions as rows, who may do which step. No table, no clock."""
