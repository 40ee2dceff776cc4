"""Tests of the room `queue`; named otherwise, because the folder's name is a module's and `queue` is Python's own."""
