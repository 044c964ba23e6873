"""Finding glossary entries in German text: an ordered chain, one strategy a module."""

from translator.glossary.matching.chain import Matcher

__all__ = ["Matcher"]
