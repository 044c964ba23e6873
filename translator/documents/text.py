"""Plain text: the user's articles, hard-wrapped mails, one paragraph a line.

The shape of an article: a first line ` date 2025-08-25 Title`, blank lines between paragraphs, headings as short lines
of their own without a full stop.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from translator.documents.characters import collapse
from translator.documents.encoding import read_text
from translator.documents.model import Document, Kind, Paragraph
from translator.errors import InputError

_DATE_LINE = re.compile(
    r"^\s*(?:date|datum)\s*[:=]?\s*(\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4})(?:\s+(\S.*?))?\s*$", re.I
)
_LIST_ITEM = re.compile(r"^\s*(?:[-*•‣–]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-z]\))\s")
_DATE = re.compile(r"^\s*\d{1,2}\.\s+(?:Jan|Jän|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)", re.I)
_FINAL = re.compile(r"[.!?…:;,][\"'“”»«’‘‹›)\]]*$")

HARD_WRAP = 100
"""Characters: a block whose lines are all shorter was wrapped by hand or by a mail program."""

HEADING_CHARS, HEADING_WORDS = 120, 16
"""A line of its own without final punctuation is a heading up to this length."""


def read(path: Path, name: str) -> Document:
    """Reads a text file.

    Raises:
        InputError: unreadable, empty or binary.
    """
    text, encoding = read_text(path)
    date, paragraphs = article(text.split("\n"))
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    return Document(path, name, tuple(paragraphs), date=date, encoding=encoding)


def article(lines: list[str]) -> tuple[str | None, list[Paragraph]]:
    """Date (ISO 8601, or None) and paragraphs of the lines of an article, the title first."""
    date, paragraphs, blocks = None, list[Paragraph](), _blocks(lines)
    if blocks and (match := _DATE_LINE.match(blocks[0][0])):
        date = iso_date(match[1])
        rest = blocks[0][1:]
        blocks[:1] = [rest] if rest else []
        if match[2]:
            paragraphs.append(Paragraph(collapse(match[2]), Kind.TITLE))
        elif rest and is_heading(rest[0]):
            paragraphs.append(Paragraph(collapse(rest.pop(0)), Kind.TITLE))
            blocks = [b for b in blocks if b]
        elif not rest and blocks and len(blocks[0]) == 1 and is_heading(blocks[0][0]):
            paragraphs.append(Paragraph(collapse(blocks.pop(0)[0]), Kind.TITLE))
    elif len(blocks) > 1 and len(blocks[0]) == 1 and is_heading(blocks[0][0]):
        paragraphs.append(Paragraph(collapse(blocks.pop(0)[0]), Kind.TITLE))
    for block in blocks:
        paragraphs += _paragraphs(block)
    return date, paragraphs


def iso_date(text: str) -> str | None:
    """`25.8.2025` or `2025-08-25` (perhaps with a time behind it) as ISO 8601; None where there is no such day."""
    found = re.match(r"\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}))(?!\d)", text)
    if not found:
        return None
    year, month, day = (int(part) for part in (found.groups()[:3] if found[1] else found.groups()[:2:-1]))
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def is_heading(line: str) -> bool:
    """Whether a line that stands alone is a heading: short, with letters, without final punctuation."""
    line = line.strip()
    short = len(line) <= HEADING_CHARS and len(line.split()) <= HEADING_WORDS
    return short and any(c.isalpha() for c in line) and not _FINAL.search(line) and not _LIST_ITEM.match(line)


def _is_item(line: str) -> bool:
    """Whether a line begins like a list item and not with a date (24. Februar)."""
    return bool(_LIST_ITEM.match(line)) and not _DATE.match(line)


def _blocks(lines: list[str]) -> list[list[str]]:
    """Runs of lines between blank lines."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if collapse(line):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [b for b in blocks if b]


def _paragraphs(block: list[str]) -> list[Paragraph]:
    """Paragraphs of one block: unwrapped where its lines were wrapped, else a paragraph a line."""
    if len(block) == 1 and is_heading(block[0]):
        return [Paragraph(collapse(block[0]), Kind.HEADING)]
    wrapped = len(block) > 1 and max(map(len, block)) <= HARD_WRAP
    joined: list[tuple[str, Kind]] = []
    # A line that merely begins with "3. Oktober" or a dash is the middle of a sentence unless the block is a list.
    listed = _is_item(block[0]) or sum(map(_is_item, block)) > 1 or block[0].rstrip().endswith(":")
    for line in block:
        if listed and _is_item(line):
            # A number belongs to the text of the item ("1. Juni" would lose its meaning); a bullet does not.
            text = line if _NUMBERED.match(line) else _LIST_ITEM.sub("", line)
            joined.append((text, Kind.LIST_ITEM))
        elif wrapped and joined:
            text, kind = joined[-1]
            joined[-1] = (f"{text} {line}", kind)
        else:
            joined.append((line, Kind.HEADING if not wrapped and is_heading(line) else Kind.PARAGRAPH))
    return [Paragraph(collapse(text), kind) for text, kind in joined]
