"""Money: whole đồng, and how to say it."""

from __future__ import annotations


def dong(amount: int, lang: str = "vi") -> str:
    """An amount as people write it: "15.000 đồng", in English "15,000 VND"."""
    grouped = f"{amount:,}"
    return f"{grouped} VND" if lang == "en" else f"{grouped.replace(',', '.')} đồng"
