"""Tables of results on stdout."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table


def output_console() -> Console:
    """Console on stdout for tables; in a pipe nothing is wrapped: a line is an entry."""
    width = None if sys.stdout.isatty() else 100_000
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width)


def plain_table(*columns: str) -> Table:
    """A table without lines."""
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column)
    return table
