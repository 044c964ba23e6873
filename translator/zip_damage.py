"""What zipfile raises for archives that are none, or damaged."""

from __future__ import annotations

import lzma
import zipfile
import zlib

ZIP_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""Without OSError, which a damaged member in bzip2 raises like a failing disk."""
