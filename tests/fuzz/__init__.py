"""Fuzzing of every reader and importer: quick under pytest, long with `python -m fuzz.run` and `.mutate`."""
