"""Corrections that come back in handouts edited by hand, and what they say about the glossary."""
