"""Proposing, deciding and carrying out a destruction; holding a dossier back; what goes by itself."""

from motcua.retention.actions.carry_out import carry_out_all, destroy_item, erase_drafts
from motcua.retention.actions.decide import confirm, propose, refuse
from motcua.retention.actions.hold import hold, let_go

__all__ = ["carry_out_all", "confirm", "destroy_item", "erase_drafts", "hold", "let_go", "propose", "refuse"]
