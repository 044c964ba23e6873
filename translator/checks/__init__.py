"""Checks of translations without a model: one rule a module (see chain.py for all of them)."""
