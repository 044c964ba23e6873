"""A handout as Markdown: each paragraph as a quotation with its translation below, which reads well raw, too.

CommonMark with the tables and footnotes that GitHub and Pandoc know. A table for the text itself would be one long line
a sentence in an editor.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from translator.atomic import replacing
from translator.bilingual import BilingualDocument, TranslatedSegment
from translator.documents import Kind, Paragraph
from translator.documents.characters import legal
from translator.errors import UsageError
from translator.export.labels import labels
from translator.export.marking import Run, source_runs, target_runs
from translator.export.settings import ExportSettings
from translator.export.vocabulary import places, vocabulary
from translator.language.names import own_name

Pair = tuple[Paragraph, Sequence[TranslatedSegment]]
# An underscore between letters is no emphasis and stands in addresses; # matters at the ends of a heading only.
_SPECIAL = re.compile(r"[\\`*\[\]<~^$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<![^ ])#")
_START = re.compile(r"^(?:[-+>:|=]|(\d{1,9})(?=[.)](?:\s|$)))")
_NUMBERED = re.compile(r"\d{1,9}[.)] \S")


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes one document in one target language.

    Raises:
        UsageError: there are several target languages.
        OutputError: the file cannot be written.
    """
    if len(translations) != 1:
        raise UsageError("a Markdown file holds one target language; write one file for each")
    content = markdown_text(translations[0]).encode("utf-8")
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return (path,)


def markdown_text(bilingual: BilingualDocument) -> str:
    """The handout: title, text, terms, signature."""
    marks = [r for t in bilingual.segments for r in (*source_runs(t), *target_runs(t)) if r.note]
    notes = {mark.text for mark in marks}
    blocks, titled = [*_title(bilingual)], bool(bilingual.title)
    filled = (pair for pair in bilingual.paragraphs if pair[1])
    for kind, pairs in groupby(filled, key=lambda pair: pair[0].kind):
        if kind is Kind.LIST_ITEM:
            blocks += _list(list(pairs))
        elif kind is Kind.TABLE_CELL:
            languages = own_name(bilingual.signature.source), own_name(bilingual.signature.target)
            blocks.append(_table(languages, [(_source(s), _target(s)) for _, s in pairs]))
        elif kind is not Kind.TITLE:
            for paragraph, segments in pairs:
                blocks += _block(paragraph, segments, titled=titled, notes=notes)
    blocks += [*_terms(bilingual), "---", f"*{_escaped(str(bilingual.signature))}*"]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _title(bilingual: BilingualDocument) -> Iterator[str]:
    document, signature = bilingual.document, bilingual.signature
    if bilingual.title:
        yield f"# {_begun(_source(bilingual.title))}"
        yield f"**{_escaped(bilingual.translated_title)}**"
    name = f"{labels(signature.target)['source']}: {document.name}"
    names = f"{own_name(signature.source)} – {own_name(signature.target)}"
    yield _begun(_escaped(" · ".join(p for p in (document.date, document.author, name, names) if p)))


def _block(paragraph: Paragraph, segments: Sequence[TranslatedSegment], *, titled: bool, notes: set[str]) -> list[str]:
    source, target = _begun(_source(segments)), _begun(_target(segments))
    if paragraph.kind is Kind.HEADING:
        level = min(max(paragraph.level, 2 if titled else 1), 6)
        return [f"{'#' * level} {source if source == target else f'{source} · {target}'}"]
    label = str(paragraph.level)
    if paragraph.kind is Kind.FOOTNOTE and label in notes:
        return [f"[^{label}]: > {source}", f"    {target}"]
    return [f"> {source}", target]


def _list(pairs: Sequence[Pair]) -> list[str]:
    """All items quoted, then all translations, so that either is one list."""
    source, target, depth = list[str](), list[str](), 0
    for paragraph, segments in pairs:
        depth = min(paragraph.level, depth + 1)  # an item that skips a level would be a block of code
        for lines, text in ((source, _source(segments)), (target, _target(segments))):
            item = text if _NUMBERED.match(text) else f"- {_begun(text)}"
            lines.append("    " * (depth - 1) + item)
    return ["\n".join(f"> {line}" for line in source), "\n".join(target)]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _terms(bilingual: BilingualDocument) -> Iterator[str]:
    """The vocabulary list; nothing where no term occurs."""
    words, lines = labels(bilingual.signature.target), vocabulary(bilingual)
    if not lines:
        return
    yield f"## {words['terms']}"
    rows = [(line.source, line.target, line.note, places(line, words)) for line in lines]
    head = (words["term"], words["translation"], words["note"], words["where"])
    yield _table(head, [[_escaped(text) for text in row] for row in rows])
    legend = [words["repaired"]] if any(line.repaired for line in lines) else []
    legend += [words["missed"]] if any(line.missed for line in lines) else []
    yield _escaped(" · ".join(legend))


def _source(segments: Sequence[TranslatedSegment]) -> str:
    return " ".join(_inline(source_runs(segment)) for segment in segments)


def _target(segments: Sequence[TranslatedSegment]) -> str:
    return " ".join(_inline(target_runs(segment)) for segment in segments)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, at least behind the beginning of a line."""
    return _SPECIAL.sub(r"\\\g<0>", legal(text))


def _begun(text: str) -> str:
    """Inline Markdown that makes no list, quotation or table at the beginning of a line: `24\\. Februar`."""
    return _START.sub(lambda m: f"{m[1]}\\" if m[1] else f"\\{m[0]}", text)


def _inline(runs: Iterable[Run]) -> str:
    """Runs as inline Markdown."""
    tokens = list(_tokens(runs))
    result = ""
    for index, (text, mark) in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else ("", "")
        if text.startswith("[") and mark == "open" and result.endswith("!"):
            result = f"{result[:-1]}\\!"  # not an image
        if mark == "text" and re.search(r"\[\^\w+\]$", result) and text[:1] in ("(", ":"):
            text = f"\\{text}"  # neither a link nor the footnote itself
        if set(mark) == {"*"}:
            before, after = result[-1:], "x" if set(following[1]) == {"*"} else following[0][:1]
            if before == "*" or not (_flanks(before, text[0]) and _flanks(after, text[-1])):
                tags = [tag for tag, wanted in (("strong", "**"), ("em", "*")) if mark in (wanted, "***")]
                opened, closed = "".join(f"<{t}>" for t in tags), "".join(f"</{t}>" for t in reversed(tags))
                result += f"{opened}{text}{closed}"
                continue
            text = f"{mark}{text}{mark}"
        result += text
    return result


def _flanks(outside: str, inside: str) -> bool:
    """Whether asterisks between the two are read as emphasis: `a**(b)**` is not, for a bracket stands inside."""
    punctuated = outside != "" and (outside.isascii() or unicodedata.category(outside)[0] == "P")
    return inside.isalnum() or outside == "" or outside.isspace() or (punctuated and not outside.isalnum())


def _tokens(runs: Iterable[Run]) -> Iterator[tuple[str, str]]:
    """Pieces with what they are: text, open, close, note, or the asterisks around them."""
    for (link, note), linked in groupby(runs, key=lambda r: (r.link, r.note)):
        if note:
            yield from ((f"[^{r.text}]" if r.text.isalnum() else _escaped(r.text), "note") for r in linked)
            continue
        if link:
            yield "[", "open"
        for (bold, italic), emphasised in groupby(linked, key=lambda r: (r.bold, r.italic)):
            text = _escaped("".join(r.text for r in emphasised))
            mark = "**" * bold + "*" * italic
            inner = text.strip()
            if mark and inner:  # emphasis begins and ends at a word
                start = text.index(inner)
                parts = ((text[:start], "text"), (inner, mark), (text[start + len(inner) :], "text"))
                yield from (part for part in parts if part[0])
            elif text:
                yield text, "text"
        if link:
            yield f"]({_address(link)})", "close"


def _address(link: str) -> str:
    """An address that cannot end its own brackets."""
    link = link.replace("<", "%3C").replace(">", "%3E")
    link = re.sub(r"&(?=#?\w+;)", r"\\&", link)
    return f"<{link}>" if "(" in link or ")" in link else link
