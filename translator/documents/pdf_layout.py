"""From placed pieces of text to paragraphs: lines, columns in reading order, running heads, hyphens at line ends.

All lengths are points; y grows upwards, as on a PDF page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

FINAL = re.compile(r"[.!?…:][\"'“”»«’‘‹›)\]]*$")
BULLET = re.compile(r"^\s*[•▪‣◦●■\uf0a7\uf0b7]\s*")  # \uf0b7: Word's bullets from the font Symbol
_ITEM = re.compile(r"^\s*(?:[•▪‣◦●■\uf0a7\uf0b7–]|\d{1,2}[.)])\s")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:seite|page|s\.|p\.)?\s*\d{1,4}(?:\s*(?:/|von|of)\s*\d{1,4})?[\W_]*", re.I)
_PRINTED = re.compile(r"(?:https?|file)://|\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d\d|(?:seite|page) \d+", re.I)
"""What browsers print above and below a page: address, date and time, page."""
_HYPHEN = re.compile(r"(?P<word>\w+)[-\u2010\u00ad]$")
_SECOND_HALF = re.compile(r"(?:und|oder|bzw\.|sowie|beziehungsweise|bis|wie|als|statt)\b")
_UNIT = re.compile(r"(?:^|[\s\d])[ckm]?m$")

MAX_LINES = 4000
"""A page with more pieces is read as one column: comparing all neighbours of a hostile page would never end."""


@dataclass(eq=False)
class Line:
    """A line, or a piece of one: first as it was drawn, later as it stands in its column.

    Attributes:
        text: as drawn, blanks included.
        x0, x1: left and right end.
        y: the baseline.
        size: of the font of most of its letters.
        bold: whether all of it is bold.
        right: right edge of the text of its size or smaller in its column, set by `columns`.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    right: float = 0

    def beside(self, other: Line) -> bool:
        """Whether both stand on one baseline; a raised footnote mark does."""
        return abs(self.y - other.y) < max(self.size, other.size) / 2

    def append(self, piece: Line, blank: str = "") -> None:
        """Appends what stands to the right."""
        text = piece.text
        if text.strip().isdigit() and piece.size < 0.8 * self.size and piece.y > self.y + 0.1 * self.size:
            # A raised number is a footnote mark, which has no place in a sentence, except in 30 m².
            text = text.translate(str.maketrans("123", "¹²³")) if _UNIT.search(self.text) else ""
        elif self.text.strip().isdigit() and self.size < 0.8 * piece.size and self.y > piece.y + 0.1 * piece.size:
            self.y, self.size, blank = piece.y, piece.size, " "  # the number of a footnote, before its text
        elif len(text) > len(self.text):
            self.size = piece.size
        self.bold = self.bold and (piece.bold or not text.strip())
        self.text, self.x1 = self.text + blank + text, max(self.x1, piece.x1)

    def could_hold(self, line: Line) -> bool:
        """Whether the first word of the next line would have fitted in: then the line ends where it was meant to."""
        word = len(line.text.split()[0]) / len(line.text) * (line.x1 - line.x0)
        return self.x1 + word + 0.5 * self.size < self.right

    def sized(self, line: Line) -> bool:
        """Whether the letters of both are of one size."""
        return abs(self.size - line.size) < 0.08 * max(self.size, line.size)


@dataclass
class Block:
    """The lines of a paragraph or heading, perhaps from several columns and pages."""

    lines: list[Line]

    @property
    def bold(self) -> bool:
        """Whether all lines are bold."""
        return all(line.bold for line in self.lines)

    @property
    def indented(self) -> bool:
        """Whether the first line begins further right than the second."""
        return len(self.lines) > 1 and self.lines[0].x0 > self.lines[1].x0 + 0.6 * self.lines[0].size


def blocks(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """The paragraphs of the pieces of text of a document's pages, in reading order, without running heads."""
    found: list[Block] = []
    drawn = [lines(page) for page in pages]
    body = body_size(line for page in drawn for line in page)
    stacks = [column for page in _without_running_heads(drawn, body) for column in columns(page)]
    leading = _leading(stacks)
    split = [_split(stack, leading, body) for stack in stacks]
    indents = sum(block.indented for parts in split for block in parts) > 1
    for parts in split:
        if open_ := _continued(found, parts[0], body, indents):
            open_.lines += parts.pop(0).lines
        found += parts
    return found


def lines(pieces: Iterable[Line]) -> list[Line]:
    """Pieces drawn one after the other on a baseline become one; a wide gap between them stays one between columns."""
    found: list[Line] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.beside(piece) and -0.5 * last.size < piece.x0 - last.x1 < 0.7 * last.size:
            last.append(piece)
        elif piece.text.strip():
            found.append(piece)
    caps = [c for c in found if len(c.text.strip()) <= 2 and c.text.strip()[-1:].isupper()]
    for cap in caps[:20]:  # a drop cap belongs to the first of the smaller lines to its right
        right = [n for n in found if n.size < 0.6 * cap.size and cap.x0 < n.x0 < cap.x1 + 2 * n.size]
        if beside := [n for n in right if cap.y - n.size < n.y < cap.y + cap.size]:
            found.remove(cap)
            first = max(beside, key=lambda n: n.y)
            first.text = cap.text.strip() + first.text.lstrip()
            for line in beside:
                line.x0 = cap.x0
    return found


def body_size(found: Iterable[Line]) -> float:
    """The font size in which most letters are set, 0 where there are none."""
    letters: Counter[float] = Counter()
    for line in found:
        letters[round(line.size * 2) / 2] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0


def _without_running_heads(pages: list[list[Line]], body: float) -> list[list[Line]]:
    """The pages without what stands at the top or bottom of most of them, page numbers and what browsers print."""
    edges = [list(_edges(page)) for page in pages]
    texts = Counter(key for rows in edges for key in {_same(line, edge.zone) for edge in rows for line in edge.row})
    places = Counter(key for rows in edges for key in {edge.place for edge in rows if edge.apart})
    # 40 percent: left and right pages may carry different heads, and the first page often none.
    most = max(2, 0.4 * len(pages))
    for page, rows in zip(pages, edges, strict=True):
        running: set[Line] = set()
        for edge in rows:
            small = edge.row[0].size <= 1.05 * body  # the titles of slides stand in one place, too
            outer = small and edge.outer and edge.gap > 1.8
            whole = outer and any(_PRINTED.match(line.text.strip()) for line in edge.row)
            whole = whole or (small and edge.apart and places[edge.place] >= max(3, most))
            for line in edge.row:
                number = outer and _PAGE_NUMBER.fullmatch(line.text.strip())
                if whole or number or (edge.gap > 1.4 and texts[_same(line, edge.zone)] >= most):
                    running.add(line)
        page[:] = [line for line in page if line not in running]
    return pages


class _Edge(NamedTuple):
    """A row at the top or bottom of a page.

    Attributes:
        row, zone: its lines, and where it is.
        apart: whether it keeps away from the next row of a page with some text.
        gap: the widest distance of two rows from here to the text, in lines.
        outer: whether no row stands further out.
    """

    row: list[Line]
    zone: str
    apart: bool
    gap: float
    outer: bool

    @property
    def place(self) -> tuple[str, int]:
        return self.zone, round(self.row[0].y / 3)


def _edges(page: list[Line]) -> Iterator[_Edge]:
    """The three outermost rows on both sides."""
    rows = _rows(page)
    for zone, ordered in (("top", rows), ("bottom", rows[::-1])):
        steps = [2 * abs(a[0].y - b[0].y) / max(a[0].size + b[0].size, 1) for a, b in pairwise(ordered[:4])]
        for index, step in enumerate(steps):
            yield _Edge(ordered[index], zone, step > 1.8 and len(rows) > 5, max(steps[index:]), index == 0)


def _same(line: Line, zone: str) -> tuple[str, str, int]:
    """What running heads have in common: all but the numbers in them."""
    return zone, re.sub(r"\d+", "#", " ".join(line.text.lower().split())), round(line.size)


def _rows(page: Iterable[Line]) -> list[list[Line]]:
    """Lines on one baseline together, from the top, each row from the left."""
    found: list[list[Line]] = []
    for line in sorted(page, key=lambda n: -n.y):
        if found and found[-1][0].beside(line):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda n: n.x0) for row in found]


def columns(page: Iterable[Line]) -> list[list[Line]]:
    """Stacks of lines in reading order: what runs across all columns, the columns below it from left to right, ..."""
    ordered = [line for row in _rows(page) for line in row]
    near = _neighbours(ordered) if len(ordered) <= MAX_LINES else [[] for _ in ordered]
    starts = _column_starts(ordered, near)
    numbers: list[int] = []
    edges: dict[tuple[int, int], float] = {}
    for line, others in zip(ordered, near, strict=True):
        number = max((n for n, start in enumerate(starts) if start <= line.x0 + line.size), default=0)
        gutter = starts[number + 1] if number + 1 < len(starts) else float("inf")
        if line.x1 > gutter + line.size / 2 and all(n.x0 < gutter - n.size for n in others):
            number = -1
        numbers.append(number)
        key = number, min(round(line.size), 100)
        edges[key] = max(edges.get(key, 0), line.x1)
    stacks: list[list[Line]] = [[]]
    columns_: list[list[Line]] = [[] for _ in starts]
    for line, number in zip(ordered, numbers, strict=True):
        # A headline may be wider than the text below it, but says nothing about where that ends.
        line.right = max(e for (n, size), e in edges.items() if n == number and size <= round(line.size))
        if number < 0 and any(columns_):
            stacks += [*columns_, []]
            columns_ = [[] for _ in starts]
        stack = stacks[-1] if number < 0 else columns_[number]
        if stack and stack[-1].beside(line):
            stack[-1].append(line, " ")
        else:
            stack.append(line)
    return [stack for stack in stacks + columns_ if stack]


def _neighbours(ordered: list[Line]) -> list[list[Line]]:
    """For each of the lines, from the top, those at its height; the lines of two columns may be shifted by half."""
    near: list[list[Line]] = [[] for _ in ordered]
    for i, line in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            other = ordered[j]
            if line.y - other.y > line.size:
                break
            if abs(line.y - other.y) < 0.7 * min(line.size, other.size):
                near[i].append(other)
                near[j].append(line)
    return near


def _column_starts(ordered: list[Line], near: list[list[Line]]) -> list[float]:
    """Left edges of the columns: a further column begins where at least three lines begin beside other text."""
    starts: list[float] = []
    groups: list[list[tuple[Line, bool]]] = []
    for line, others in sorted(zip(ordered, near, strict=True), key=lambda pair: pair[0].x0):
        # A bullet or a number to the left makes no column.
        beside = any(n.x1 < line.x0 + n.size and n.x1 - n.x0 > 5 * n.size for n in others)
        if not groups or line.x0 - groups[-1][0][0].x0 > line.size:
            groups.append([])
        groups[-1].append((line, beside))
    for group in groups:
        first, count = group[0][0], sum(beside for _, beside in group)
        if not starts or (count >= 3 and 2 * count >= len(group) and first.x0 - starts[-1] > 8 * first.size):
            starts.append(first.x0)
    return starts


def _leading(stacks: list[list[Line]]) -> float:
    """Distance of the baselines inside a paragraph, as a multiple of the font size."""
    steps = [(a.y - b.y) / a.size for stack in stacks for a, b in pairwise(stack) if a.size and a.sized(b)]
    return median([s for s in steps if 0.8 < s < 1.8] or [1.2])


def _split(stack: list[Line], leading: float, body: float) -> list[Block]:
    """Paragraphs of a column."""
    found = [Block(stack[:1])]
    for last, line in pairwise(stack):
        if _begins(line, last, found[-1], leading, body):
            found.append(Block([line]))
        else:
            found[-1].lines.append(line)
    return found


def _begins(line: Line, last: Line, block: Block, leading: float, body: float) -> bool:
    """Whether a line begins a paragraph below the last line of a block."""
    ended = bool(FINAL.search(last.text.strip()))
    short = last.could_hold(line) and line.size <= 1.1 * body  # the lines of a headline end where they read well
    if not line.sized(last) or last.y - line.y > 1.2 * leading * line.size or BULLET.match(line.text):
        return True
    if line.bold != last.bold and (short or ended):
        return True
    step, centred = line.x0 - last.x0, abs(line.x0 + line.x1 - last.x0 - last.x1) < line.size
    if abs(step) > 0.6 * line.size and not centred:
        item, first = bool(_ITEM.match(block.lines[0].text)), len(block.lines) == 1
        # The second line of a list item hangs in; that of a paragraph comes back out from the indent of the first.
        if not (item and first if step > 0 else item or first):
            return True
    return short and (ended or last.right - last.x1 > 0.4 * (last.right - last.x0))


def _continued(found: list[Block], first: Block, body: float, indents: bool) -> Block | None:
    """The block that goes on in the first one of a column, past footnotes and captions in smaller letters."""
    line = first.lines[0]
    for block in reversed(found[-6:]):
        last = block.lines[-1]
        if last.sized(line):
            if BULLET.match(line.text) or last.bold != line.bold or last.could_hold(line):
                return None
            # After a full stop at the end of a full line only an indent tells; in a text without indents nothing does.
            return None if FINAL.search(last.text.strip()) and (first.indented or not indents) else block
        if last.size > line.size or line.size > 1.1 * body:
            return None
    return None


def joined(texts: Iterable[str]) -> str:
    """One text of lines; hyphens at their ends vanish, but stay in `EU-Außenbeauftragte` and `Außen- und`."""
    parts: list[str] = []
    for line in (" ".join(text.split()) for text in texts):
        # Chromium draws a blank for a soft hyphen and the visible one behind it: "Waffen ‐".
        last = re.sub(" (?=[\u2010\u00ad]$)", "", parts.pop()) if parts else ""
        hyphen = _HYPHEN.search(last)
        if not hyphen or _SECOND_HALF.match(line) or not line[:1].isalnum():
            last += " " * bool(last and not re.search(r"\S/$", last))
        elif last.endswith("\u00ad") or (line[0].islower() and not re.fullmatch(r"\d+|[A-ZÄÖÜ]+", hyphen["word"])):
            last = last[:-1]
        elif hyphen["word"].isupper() and len(hyphen["word"]) > 4 and line.split()[0].isupper():
            last = last[:-1]  # WAFFEN-STILLSTAND in a headline of capitals
        parts += [last, line]
    return "".join(parts)
