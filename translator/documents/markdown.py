"""Markdown articles, read with markdown-it-py (CommonMark plus tables); code is left out, markup is dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from translator import limits
from translator.documents.characters import collapse
from translator.documents.encoding import read_text
from translator.documents.inline import InlineText
from translator.documents.model import Document, Format, Kind, Paragraph
from translator.documents.text import article, iso_date
from translator.errors import InputError

_MARKUP = "*_[]`|<!&\\"
"""Characters that may begin or end something; the parser makes an object of each."""


def read(path: Path, name: str) -> Document:
    """Reads a Markdown file; `title` and `date` of a YAML front matter become metadata.

    Raises:
        InputError: unreadable, empty or binary.
    """
    text, encoding = read_text(path)
    first, _, rest = text.lstrip("\n").partition("\n")
    date, head = article([first])
    if date:  # the user's article shape, with Markdown below its first line
        text = rest
    else:
        head = []
    try:
        limits.check("markdown_marks", sum(map(text.count, _MARKUP)))
    except limits.LimitExceeded as error:
        raise InputError(f"{path}: {error}") from error
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    tokens = parser.parse(text)
    meta = _front_matter(tokens)
    paragraphs = head + _paragraphs(tokens)
    title = meta.get("title")
    if isinstance(title, str) and title.strip() and not head:
        paragraphs.insert(0, Paragraph(collapse(title), Kind.TITLE))
    elif paragraphs and paragraphs[0].kind is Kind.HEADING and paragraphs[0].level == 1:
        paragraphs[0] = Paragraph(paragraphs[0].text, Kind.TITLE)
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    stated = meta.get("date")
    date = date or (iso_date(stated) if isinstance(stated, str) else None)
    author = meta.get("author")
    return Document(path, name, tuple(paragraphs), date, author if isinstance(author, str) else None, encoding=encoding)


def _front_matter(tokens: list[Token]) -> dict[str, Any]:
    for token in tokens:
        if token.type == "front_matter":
            try:
                # BaseLoader makes strings of everything: no dates that do not exist, no tags, nothing to run.
                meta = yaml.load(token.content, Loader=yaml.BaseLoader)
            except (yaml.YAMLError, RecursionError):
                return {}
            return meta if isinstance(meta, dict) else {}
    return {}


def _paragraphs(tokens: list[Token]) -> list[Paragraph]:
    paragraphs, kinds, depth, number = [], list[tuple[Kind, int]](), 0, ""
    for token in tokens:
        if token.type == "heading_open":
            kinds.append((Kind.HEADING, int(token.tag[1:])))
        elif token.type in ("th_open", "td_open"):
            kinds.append((Kind.TABLE_CELL, 1))
        elif token.type == "list_item_open":
            depth += 1
            kinds.append((Kind.LIST_ITEM, depth))
            # As in plain text the number is part of the item: "24. Februar 2022" at the start of a line is one, too.
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in ("heading_close", "th_close", "td_close", "list_item_close"):
            kinds.pop()
            depth -= token.type == "list_item_close"
        elif token.type == "inline":
            kind, level = kinds[-1] if kinds else (Kind.PARAGRAPH, 1)
            text = InlineText()
            text.add(number)
            _inline(token, text)
            if (paragraph := text.paragraph(kind, level)).text.removeprefix(number.strip()):
                paragraphs.append(paragraph)
            number = ""
    return paragraphs


def inline_paragraph(token: Token) -> Paragraph:
    """The text of one inline token, with its formatting."""
    text = InlineText()
    _inline(token, text)
    return text.paragraph()


_MARKS = {"strong": Format.BOLD, "em": Format.ITALIC, "link": Format.LINK}


def _inline(token: Token, text: InlineText) -> None:
    """Adds the text of an inline token; an image counts as its alternative text, HTML as nothing."""
    formats: list[tuple[Format, str]] = []
    for child in token.children or ():
        mark, _, side = child.type.rpartition("_")
        if mark in _MARKS and side == "open":
            formats.append((_MARKS[mark], str(child.attrs.get("href", ""))))
        elif mark in _MARKS and side == "close":
            formats.pop()
        elif child.type == "image":
            _inline(child, text)
        elif child.type in ("text", "code_inline"):
            text.add(child.content, frozenset(formats))
        elif child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and child.content.startswith("<br")
        ):
            text.add(" ")
