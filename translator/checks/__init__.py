"""Checks of translations without a model: one rule a module."""
