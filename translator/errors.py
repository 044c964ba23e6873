"""Exit codes and the errors that carry them.

Every error a user can meet says what is wrong, where, and what to do, in one line. Anything else that escapes is a bug.
"""

from __future__ import annotations

import re
from enum import IntEnum


class ExitCode(IntEnum):
    """What the `translate` command tells the shell. The README and `translate --help` list the same table."""

    ok = 0
    unexpected = 1
    usage = 2
    input = 3
    glossary = 4
    model = 5
    output = 6
    check = 8
    partial = 12
    interrupted = 130

    @property
    def meaning(self) -> str:
        """One line for the help text and the README."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.ok: "everything was done",
    ExitCode.unexpected: "an error of the program itself: please report it",
    ExitCode.usage: "the command line was not understood",
    ExitCode.input: "nothing could be read",
    ExitCode.glossary: "a glossary could not be used",
    ExitCode.model: "no translation model for this language pair",
    ExitCode.output: "an output could not be written",
    ExitCode.check: "--strict: a check found something",
    ExitCode.partial: "some files failed, the others were done",
    ExitCode.interrupted: "interrupted; what was finished is kept",
}


_LONGEST = 900
"""Characters of a message; the library below may have quoted a megabyte of the file."""
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
"""Line ends, and what a terminal obeys instead of showing it: messages hold file names and words of libraries."""

_QUOTED = re.compile(r"""(?<!\w)['"„“‘`].*['"“”’`](?!\w)""", re.S)
_NAME = 60


class TranslatorError(Exception):
    """An error that ends in one line for the user; `exit_code` says of which kind it is.

    Whatever the message is made from, it becomes one line of sane length that commands no terminal.
    """

    exit_code = ExitCode.unexpected

    def __init__(self, message: str = "") -> None:
        super().__init__(_one_line(message))


class UsageError(TranslatorError):
    """Options that do not fit together, or an unknown language."""

    exit_code = ExitCode.usage


class InputError(TranslatorError):
    """A file that cannot be read as a document."""

    exit_code = ExitCode.input


class GlossaryError(TranslatorError):
    """A glossary that cannot be used; the message names file and line."""

    exit_code = ExitCode.glossary


class ModelError(TranslatorError):
    """No model for the language pair, or one that does not load."""

    exit_code = ExitCode.model


class OutputError(TranslatorError):
    """An output that cannot be written."""

    exit_code = ExitCode.output


_NAMED = re.compile(r"\b([Aa]ttribute|[Ee]ntity|prefix) [^\s,(]+")
"""What libxml2 takes for a name where a quotation mark is lost: a word of the text (found by fuzzing)."""


def library_reason(error: BaseException) -> str:
    """What a library says of a damaged file, or the kind of its error where it says nothing.

    What it quotes from the file is left out where that may be a sentence; names of parts and tags stay.
    """
    words = error.args[0] if isinstance(error, KeyError) and error.args else error  # a KeyError's words are in quotes
    text = _QUOTED.sub(lambda q: q[0] if len(q[0]) <= _NAME and " " not in q[0] else "…", str(words))
    text = _NAMED.sub(r"\1 …", text)
    return _one_line(text) or type(error).__name__


def _one_line(message: str) -> str:
    line = " ".join(part.strip() for part in _CONTROLS.split(message)).strip()
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 200]} … {line[-190:]}"
