"""What a language model is asked for: other words for sentences that are already composed. It gets nothing else.

Neither what a person typed nor anything of her dossiers is handed over, so that nothing can be told on and nothing
typed can give the model orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class ModelProblem(Exception):  # noqa: N818  it is told to nobody: the composed sentences are shown instead
    """The model gave nothing that can be used. `code`: unsafe_address | down | slow | refused | wrong_answer."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class Rephraser(Protocol):
    """A connector that words sentences anew."""

    def lines(self, texts: Sequence[str], language: str) -> tuple[str, ...]:
        """One line for each text, in their order; "" where there is none. `language`: "vi" or "en".

        Raises ModelProblem.
        """
        ...
