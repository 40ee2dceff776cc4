"""Nightly work on accounts."""
