"""What is said when the program itself fails: where it was, and not which text it was at."""

from __future__ import annotations

import traceback
from contextvars import ContextVar

_TEXTS: ContextVar[bool] = ContextVar("texts", default=False)


def want_texts(wanted: bool) -> None:
    """Has messages hold texts of documents, or not; `-vv` is the wish."""
    _TEXTS.set(wanted)


def texts_wanted() -> bool:
    """Whether messages may hold texts of documents."""
    return _TEXTS.get()


def described(error: BaseException) -> str:
    """Lines to report: the places in the code, and the kinds of the errors; their words only where texts are wanted.

    Words of an error quote what it was about (a KeyError its key), and people mail these lines to strangers.
    """
    closing = "error: this is a fault of translate itself; please report the lines above"
    if texts_wanted():
        return f"{''.join(traceback.format_exception(type(error), error, error.__traceback__))}{closing}"
    chain, seen = list[BaseException](), set[int]()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    blocks = [
        "".join(["Traceback (most recent call last):\n", *traceback.format_tb(one.__traceback__), _kind(one), "\n"])
        for one in reversed(chain)
    ]
    told = "then:\n".join(blocks)
    return f"{told}{closing} (-vv adds the words of the error, which may quote your text)"


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
