"""Offline translation of articles into aligned bilingual handouts under a glossary.

`translate_documents` is the command for programs; see docs/python.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from translator.api import translate_documents
    from translator.report import Report

__version__ = "0.1.0"

__all__ = ["Report", "__version__", "translate_documents"]


def __getattr__(name: str) -> Any:
    """What the package offers, imported when somebody asks (PEP 562): a help text needs none of it."""
    if name == "translate_documents":
        from translator.api import translate_documents

        return translate_documents
    if name == "Report":
        from translator.report import Report

        return Report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
