"""A paper form (.docx) becomes a draft declaration: what it asks is found, what it does not say is a doubt.

    form = read_form(stream, "mau-01.docx", vocabulary)
    form.declaration      # the same document as packs/<layer>/declarations/<id>.yaml
    form.doubts           # what a person has to look at, each with its place in the form

`opening` lets nothing hostile in and turns the file into plain lines and tables; `lines` cuts a line at its blanks;
`reading` walks through the form; `vocabulary` names what is asked in the words of the declarations that there are;
`drafting` writes the document. No language model, no network: the same file gives the same draft.
"""

from __future__ import annotations

from typing import BinaryIO

from motcua.editing.docx.doubts import Doubt
from motcua.editing.docx.drafting import FormDraft, draft_of
from motcua.editing.docx.opening import open_form
from motcua.editing.docx.reading import read_blocks
from motcua.editing.docx.vocabulary import Vocabulary, alike

__all__ = ["Doubt", "FormDraft", "Vocabulary", "alike", "read_form"]


def read_form(
    source: BinaryIO, name: str, vocabulary: Vocabulary, procedure: dict | None = None
) -> FormDraft:
    """Read a form of at most `opening.FORM_MB` MB; `name` is what its owner calls it, for refusals.

    `vocabulary` is learnt from the declarations that exist (`Vocabulary.of`); `procedure` is the pack document of the
    procedure, when it is known: its applicants decide who is asked for. Raises OldWord, FormLocked, NotAForm,
    FormTooLarge, FormBroken, FormHostile, NothingAsked.
    """
    return draft_of(read_blocks(open_form(source, name)), name, vocabulary, procedure or {})
