"""Markdown: how it reads, and that a renderer shows the text as it was, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from test_export_json import HOSTILE, SETTINGS, article, of, one_sentence, signature, translated

from translator.bilingual import BilingualDocument
from translator.documents import Format, Kind, Paragraph, Span
from translator.documents.characters import collapse, legal
from translator.export import markdown as exporter
from translator.export.marking import target_runs

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
Letters = list[tuple[str, frozenset[str]]]


def rendered(text: str) -> str:
    return PARSER.render(text)


def inline(text: str) -> Iterator[Token]:
    return (t for t in PARSER.parse(text) if t.type == "inline")


def letters(token: Token) -> Letters:
    """Characters of an inline token with the formatting they have; blanks count as without."""
    result: Letters = []
    opened: list[str] = []
    for child in token.children or ():
        kind, _, side = child.type.rpartition("_")
        if child.type == "html_inline":
            kind, side = child.content.strip("</>"), "close" if child.content[1] == "/" else "open"
        if side == "open":
            opened.append(kind)
        elif side == "close":
            assert opened.pop() == kind
        elif child.type == "footnote_ref":
            result.append(("[note]", frozenset()))
        else:
            assert child.type in ("text", "text_special"), child
            result += [(c, frozenset(() if c.isspace() else opened)) for c in child.content]
    return result


def expected(whole: BilingualDocument) -> Letters:
    result: Letters = []
    for run in target_runs(whole.segments[0]):
        marks = {"strong": run.bold, "em": run.italic, "link": bool(run.link)}
        kinds = frozenset(kind for kind, on in marks.items() if on)
        result += [("[note]", frozenset())] if run.note else [
            (c, frozenset() if c.isspace() else kinds) for c in run.text]  # fmt: skip
    return result


def test_a_whole_article(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    assert exporter.write([article()], path, SETTINGS) == (path,)
    assert (
        path.read_text(encoding="utf-8")
        == f"""# Kallas fordert „robuste“ Garantien

**Kallas calls for “robust” guarantees**

2025-08-25 · M. Muster · Source: a.txt · Deutsch – English

> **Die Waffenruhe** [*hielt*](<https://example.org/?a=1&b=(2)>).[^1] Selenskyj \\<b>& Co.\\</b> kam.

**The truce** [held](<https://example.org/?a=1&b=(2)>).[^1] He came.

## Kiew bereit · Kyiv ready

> - Ein Punkt
> 2. Noch einer

- An item
2. Another

| Deutsch | English |
| --- | --- |
| Zelle | Cell |

> Je ne sais quoi.

Je ne sais quoi.

[^1]: > Eine Anmerkung

    A note

## Terms

| Term | Translation | Note | No. |
| --- | --- | --- | --- |
| Selenskyj | Zelenskyy |  | 2! |
| Waffenruhe | truce / cease-fire | short | 1 |

! not in the translation: please check

---

*{signature()}*
"""
    )


def test_it_renders_as_it_should() -> None:
    html = rendered(exporter.markdown_text(article()))
    assert html.count("<blockquote>") == 4
    assert html.count("<table>") == 2
    assert "<h2>Kiew bereit · Kyiv ready</h2>" in html
    assert '<blockquote>\n<ul>\n<li>Ein Punkt</li>\n</ul>\n<ol start="2">\n<li>Noch einer</li>\n</ol>' in html
    assert html.count('class="footnote-ref"') == 2
    assert "<p>Eine Anmerkung</p>" in html[html.index('class="footnotes"') :]
    assert "<p>A note" in html[html.index('class="footnotes"') :]
    assert "&lt;b&gt;&amp; Co.&lt;/b&gt;" in html


def test_without_title_and_terms() -> None:
    text = exporter.markdown_text(one_sentence("Ja.", "Yes."))
    assert text.startswith("2025-08-25 · M. Muster")
    assert "## Terms" not in text


@pytest.mark.parametrize(
    ("level", "titled", "marks"), [(1, True, "##"), (1, False, "#"), (3, True, "###"), (9, True, "######")]
)
def test_levels_of_headings(level: int, titled: bool, marks: str) -> None:
    paragraphs = [Paragraph("Titel", Kind.TITLE)] * titled + [Paragraph("Kopf", Kind.HEADING, level)]
    text = exporter.markdown_text(translated(paragraphs, [["Title"]] * titled + [["Head"]]))
    assert f"\n{marks} Kopf · Head\n" in text


def test_a_heading_that_is_the_same_in_both_languages_stands_once() -> None:
    assert "\n# Nato\n" in exporter.markdown_text(translated([Paragraph("Nato", Kind.HEADING)], [["Nato"]]))


def test_nested_lists() -> None:
    items = [("a", 1), ("b", 2), ("1. c", 3), ("d", 1), ("e", 3)]
    paragraphs = [Paragraph(text, Kind.LIST_ITEM, level) for text, level in items]
    text = exporter.markdown_text(translated(paragraphs, [[t] for t, _ in items]))
    assert "\n- a\n    - b\n        1. c\n- d\n    - e\n" in text
    assert "> - a\n>     - b\n>         1. c\n> - d\n>     - e\n" in text
    assert "<pre>" not in rendered(text)


def test_a_footnote_that_nothing_refers_to_is_a_paragraph() -> None:
    whole = translated([Paragraph("Ja."), Paragraph("Anmerkung", Kind.FOOTNOTE, 1)], [["Yes."], ["Note"]])
    assert "> Anmerkung\n\nNote\n" in exporter.markdown_text(whole)


@pytest.mark.parametrize(
    "text",
    ["24. Februar", "1) eins", "- Strich", "+ plus", "> größer", "# Nummer", "--- ", "===", "* * *", "| a", ": b",
     "~~~", "```", "[^1]: keine Note", "[a]: http://b", "<!-- x", "<div>", "![b](c)", "&amp; &#35;", "a\\", "a_b _c_",
     "http://x.de/a_b_c", "**a**", "`a`", "C #"],
)  # fmt: skip
def test_what_markdown_would_take_for_markup(text: str) -> None:
    markdown = exporter.markdown_text(one_sentence(text, text))
    tokens = list(inline(markdown))
    assert ["".join(c for c, _ in letters(t)) for t in tokens[1:3]] == [text.strip()] * 2
    heading = exporter.markdown_text(translated([Paragraph(text, Kind.HEADING)], [[text]]))
    assert "".join(c for c, _ in letters(list(inline(heading))[1])) == text.strip()
    cell = exporter.markdown_text(translated([Paragraph(text, Kind.TABLE_CELL)], [[text]]))
    assert "".join(c for c, _ in letters(list(inline(cell))[3])) == text.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    tokens = list(inline(exporter.markdown_text(one_sentence(text, text))))
    assert "".join(c for c, _ in letters(tokens[2])) == legal(text).strip()


PIECES = st.sampled_from(
    [*"ab1 .-+#*_`~<>&;[]()!|\\:=^\"'/ü€ß„😀", "&amp;", "<b>", "](b)", "[^1]", "1. ", "- ", "__", "http://a.b/c_d"]
)


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join).map(collapse).filter(bool), st.data())
@settings(max_examples=300, deadline=None)
def test_any_text_with_any_formatting(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    spans = []
    for form, value in (
        (Format.BOLD, ""),
        (Format.ITALIC, ""),
        (Format.LINK, "https://a.b/(c)?d&amp;e=f"),
        (Format.NOTE, "1"),
    ):
        start, end = sorted((data.draw(place), data.draw(place)))
        if form is Format.NOTE:
            spans.append(Span(start, start, form, value))
        elif start < end:
            spans.append(Span(start, end, form, value))
    for kind, index in ((Kind.PARAGRAPH, 2), (Kind.TABLE_CELL, 4)):
        whole = translated(
            [Paragraph("Ja.", kind), Paragraph("Note", Kind.FOOTNOTE)], [[of(text, spans=tuple(spans))], ["Note"]]
        )
        token = list(inline(exporter.markdown_text(whole)))[index]
        assert letters(token) == expected(whole)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JAVASCRIPT:x", "file:///etc/passwd", "../a", ""])
def test_links_that_lead_nowhere_good(address: str) -> None:
    whole = one_sentence("Ja.", of("Yes.", spans=(Span(0, 3, Format.LINK, address),)))
    assert "\n\nYes.\n\n" in exporter.markdown_text(whole)


@pytest.mark.parametrize(
    "address", ["https://a.b/c d", "https://a.b/<c>", "https://a.b/(c", "https://a.b/c\\", "mailto:a@b.c"]
)
def test_addresses(address: str) -> None:
    whole = one_sentence("Ja.", of("Yes.", spans=(Span(0, 3, Format.LINK, address),)))
    token = list(inline(exporter.markdown_text(whole)))[2]
    assert letters(token) == expected(whole)
