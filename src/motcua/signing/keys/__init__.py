"""Doors to a private key. What signs knows only `KeyDoor`: where the key lies is nobody else's business."""

from motcua.signing.keys.door import KeyDoor, KeyProblem
from motcua.signing.keys.software import SoftwareKey

__all__ = ["KeyDoor", "KeyProblem", "SoftwareKey"]
