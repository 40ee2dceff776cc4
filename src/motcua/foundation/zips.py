"""Zip files from outside: what reading one may raise, besides a reader's own refusals.

The standard library lets the errors of its decompressors through: a damaged entry is `zlib.error` or `LZMAError`,
neither of them a `BadZipFile`; an encrypted one is a `RuntimeError`, an unknown method a `NotImplementedError`.
"""

import lzma
import zipfile
import zlib

BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
