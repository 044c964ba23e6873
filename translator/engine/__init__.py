"""Decoding with Argos packages: which package, which pieces, which hypotheses."""
