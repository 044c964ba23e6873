"""Offline translation of articles into aligned bilingual handouts under a glossary."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("translator")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"

__all__ = ["__version__"]
