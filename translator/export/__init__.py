"""Documents out: one exporter a format behind a registry."""

from __future__ import annotations
