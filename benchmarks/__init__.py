"""Measurements of translation quality, terminology and speed; each is one command."""
