"""Offline translation of articles into aligned bilingual handouts under a glossary."""

from __future__ import annotations

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """The version, read from the installed package when somebody asks: importlib.metadata takes as long as a help text."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("translator")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"
