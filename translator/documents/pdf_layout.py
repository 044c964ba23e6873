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

FINAL = re.compile(r"[.!?…:][\"'“”»«’‘‹›)\]]*$")
BULLET = re.compile(r"^[•▪‣◦●■]\s*")
_ITEM = re.compile(r"^(?:[•▪‣◦●■–]|\d{1,2}[.)])\s")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:seite|page|s\.|p\.)?\s*\d{1,4}(?:\s*(?:/|von|of)\s*\d{1,4})?[\W_]*", re.I)
_PRINTED = re.compile(r"(?:https?|file)://|\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d\d|(?:seite|page) \d+", re.I)
"""What browsers print above and below a page: address, date and time, page."""
_HYPHEN = re.compile(r"(?P<word>\w+)[-\u2010\u00ad]$")
_SECOND_HALF = re.compile(r"(?:und|oder|bzw\.|sowie|und/oder|beziehungsweise|bis|wie|als|statt)\b")
_UNIT = re.compile(r"(?:^|[\s\d])[ckm]?m$")

_HYPHENS = ("-", "\u2010", "\u00ad")

MAX_LINES = 4000
"""A page with more pieces is read as one column: comparing all neighbours of a hostile page would never end."""


@dataclass
class Line:
    """A line, or a piece of one: first as it was drawn, later as it stands in its column.

    Attributes:
        text: as drawn, blanks included.
        x0, x1: left and right end.
        y: the baseline.
        size: of the font of most of its letters.
        bold: whether all of it is bold.
        right: right edge of its column, set by `columns`.
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
        if text.strip() in _HYPHENS and piece.x0 < self.x1:
            # Chromium draws a blank for the soft hyphen, and the visible one upon it: Waffen ‐
            self.text = self.text.rstrip()
        if text.strip().isdigit() and piece.size < 0.8 * self.size and piece.y > self.y + 0.1 * self.size:
            # A raised number is a footnote mark, which has no place in a sentence, except in 30 m².
            text = text.translate(str.maketrans("123", "¹²³")) if _UNIT.search(self.text) else ""
        elif len(piece.text) > len(self.text):
            self.size = piece.size
        self.bold = self.bold and (piece.bold or not piece.text.strip())
        self.text, self.x1 = self.text + blank + text, max(self.x1, piece.x1)

    def could_hold(self, line: Line) -> bool:
        """Whether the first word of the next line would have fitted in: then the line ends where it was meant to."""
        word = len(line.text.split()[0]) / len(line.text) * (line.x1 - line.x0)
        return self.x1 + word + 0.5 * self.size < self.right

    def shadows(self, line: Line) -> bool:
        """Whether this is the same text drawn once more, as some programs do for bold letters."""
        return self.text == line.text and abs(self.x0 - line.x0) < 1 and abs(self.y - line.y) < 1

    def styled(self, line: Line) -> bool:
        """Whether the fonts are of one size."""
        return abs(self.size - line.size) < 0.08 * max(self.size, line.size)


@dataclass
class Block:
    """The lines of a paragraph or heading, perhaps from several columns and pages."""

    lines: list[Line]

    @property
    def text(self) -> str:
        """The text without the line breaks and their hyphens."""
        return joined(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The font size of the first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all lines are bold."""
        return all(line.bold for line in self.lines)

    @property
    def indented(self) -> bool:
        """Whether the first line begins further right than the second."""
        return len(self.lines) > 1 and self.lines[0].x0 > self.lines[1].x0 + 0.6 * self.lines[0].size


def blocks(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """The paragraphs of a document's pages in reading order; running heads and page numbers are left out."""
    found: list[Block] = []
    stacks = [column for page in _without_running_heads([lines(page) for page in pages]) for column in columns(page)]
    leading = _leading(stacks)
    for stack in stacks:
        parts = _split(stack, leading)
        if open_ := _continued(found, parts[0]):
            open_.lines += parts.pop(0).lines
        found += parts
    return found


def lines(pieces: Iterable[Line]) -> list[Line]:
    """Pieces drawn one after the other on a baseline become one; a wide gap between them stays one between columns."""
    found: list[Line] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.beside(piece) and -0.5 * last.size < piece.x0 - last.x1 < 1.5 * last.size:
            last.append(piece)
        elif piece.text.strip():
            found.append(piece)
    caps = [c for c in found if len(c.text.strip()) <= 2 and c.text.strip()[-1:].isupper()]
    for cap in caps:  # a drop cap belongs to the first of the smaller lines to its right
        right = [n for n in found if n.size < 0.6 * cap.size and n.x0 > cap.x0 and n.x0 < cap.x1 + 2 * n.size]
        if beside := [n for n in right if cap.y - n.size < n.y < cap.y + cap.size]:
            found.remove(cap)
            first = max(beside, key=lambda n: n.y)
            first.text = cap.text.strip() + first.text.lstrip()
            for line in beside:
                line.x0 = cap.x0
    return found


def body_size(found: Iterable[Line]) -> float:
    """The font size in which most letters are set."""
    letters: Counter[float] = Counter()
    for line in found:
        letters[round(line.size * 2) / 2] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without lines that stand at the top or bottom of most of them, and without page numbers."""
    body = body_size(line for page in pages for line in page)
    edges = [list(_edges(page)) for page in pages]
    texts = Counter(key for page in edges for key in {_same_text(line, zone) for row, zone, _ in page for line in row})
    places = Counter(key for page in edges for key in {_same_place(row[0], zone) for row, zone, far in page if far})
    # 40 percent: left and right pages may carry different heads, and the first page often none.
    most = max(2, 0.4 * len(pages))
    for page, rows in zip(pages, edges, strict=True):
        for row, zone, far in rows:
            small = far and row[0].size <= 1.05 * body  # the titles of slides stand in one place, too
            outer = small and row[0].y in (max(n.y for n in page), min(n.y for n in page)) if page else False
            dropped = outer and any(_PRINTED.match(line.text.strip()) for line in row)
            dropped = dropped or (small and places[_same_place(row[0], zone)] >= max(3, most))
            for line in row:
                number = outer and _PAGE_NUMBER.fullmatch(line.text.strip())
                if (dropped or number or texts[_same_text(line, zone)] >= most) and line in page:
                    page.remove(line)
    return pages


def _edges(page: list[Line]) -> Iterator[tuple[list[Line], str, bool]]:
    """The three outermost rows at the top and at the bottom, and whether each keeps away from the text."""
    for zone, ordered in (("top", sorted(page, key=lambda n: -n.y)), ("bottom", sorted(page, key=lambda n: n.y))):
        rows: list[list[Line]] = []
        for line in ordered[:40]:
            if rows and rows[-1][0].beside(line):
                rows[-1].append(line)
            else:
                rows.append([line])
        for row, inner in pairwise(rows[:4]):
            yield row, zone, abs(inner[0].y - row[0].y) > 0.9 * (row[0].size + inner[0].size)


def _same_text(line: Line, zone: str) -> tuple[str, str, int]:
    return zone, re.sub(r"\d+", "#", " ".join(line.text.lower().split())), round(line.size)


def _same_place(line: Line, zone: str) -> tuple[str, int, int]:
    return zone, round(line.y / 3), round(line.size)


def columns(page: list[Line]) -> list[list[Line]]:
    """Stacks of lines in reading order: what runs across the columns, the columns below it from left to right, ..."""
    page.sort(key=lambda n: (-n.y, n.x0))
    neighbours = _neighbours(page) if len(page) <= MAX_LINES else [([], []) for _ in page]
    starts = _column_starts(page, neighbours)
    stacks: list[list[Line]] = []
    pending: list[list[Line]] = [[] for _ in starts]
    widths: dict[int, float] = {}
    numbers: list[int] = []
    for line, (_, right) in zip(page, neighbours, strict=True):
        number = max((n for n, start in enumerate(starts) if start <= line.x0 + line.size), default=0)
        gutter = starts[number + 1] if number + 1 < len(starts) else float("inf")
        if line.x1 > gutter + line.size / 2 and all(n.x0 < gutter - n.size for n in right):
            number = -1
        numbers.append(number)
        widths[number] = max(widths.get(number, 0), line.x1)
    for line, number in zip(page, numbers, strict=True):
        line.right = widths[number]
        if number < 0:
            if any(pending) or not stacks:
                stacks += [*pending, []]
                pending = [[] for _ in starts]
            _stack(stacks[-1], line)
        else:
            _stack(pending[number], line)
    return [stack for stack in stacks + pending if stack]


def _stack(stack: list[Line], line: Line) -> None:
    """Puts a line below the others, or behind the last where it is the rest of that one."""
    if stack and stack[-1].beside(line):
        stack[-1].append(line, " ")
    else:
        stack.append(line)


def _neighbours(page: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """For each of the lines, sorted from the top, those beside it on the left and on the right."""
    found: list[tuple[list[Line], list[Line]]] = [([], []) for _ in page]
    for i, line in enumerate(page):
        for j in range(i + 1, len(page)):
            if line.y - page[j].y > 2 * line.size:
                break
            if line.beside(page[j]):
                left, right = (i, j) if line.x0 < page[j].x0 else (j, i)
                found[left][1].append(page[right])
                found[right][0].append(page[left])
    return found


def _column_starts(page: list[Line], neighbours: list[tuple[list[Line], list[Line]]]) -> list[float]:
    """Left edges of the columns: a further column begins where at least three lines begin beside other text."""
    starts: list[float] = []
    groups: list[list[tuple[Line, bool]]] = []
    for line, (left, _) in sorted(zip(page, neighbours, strict=True), key=lambda pair: pair[0].x0):
        # A bullet or a number to the left makes no column.
        behind = any(n.x1 < line.x0 and n.x1 - n.x0 > 5 * n.size for n in left)
        if not groups or line.x0 - groups[-1][0][0].x0 > line.size:
            groups.append([])
        groups[-1].append((line, behind))
    for group in groups:
        first, beside = group[0][0], sum(behind for _, behind in group)
        if not starts or (beside >= 3 and 2 * beside >= len(group) and first.x0 - starts[-1] > 8 * first.size):
            starts.append(first.x0)
    return starts


def _leading(stacks: list[list[Line]]) -> float:
    """Distance of the baselines inside a paragraph, as a multiple of the font size."""
    steps = [(a.y - b.y) / a.size for stack in stacks for a, b in pairwise(stack) if a.styled(b)]
    return median([s for s in steps if 0.8 < s < 1.8] or [1.2])


def _split(stack: list[Line], leading: float) -> list[Block]:
    """Paragraphs of a column."""
    found = [Block(stack[:1])]
    for last, line in pairwise(stack):
        if _begins(line, last, found[-1], leading):
            found.append(Block([line]))
        else:
            found[-1].lines.append(line)
    return found


def _begins(line: Line, last: Line, block: Block, leading: float) -> bool:
    """Whether a line begins a paragraph below the last line of a block."""
    ended, short = bool(FINAL.search(last.text.strip())), last.could_hold(line)
    if not line.styled(last) or last.y - line.y > 1.2 * leading * line.size or BULLET.match(line.text):
        return True
    if line.bold != last.bold and (short or ended):
        return True
    step, centred = line.x0 - last.x0, abs(line.x0 + line.x1 - last.x0 - last.x1) < line.size
    if abs(step) > 0.6 * line.size and not centred:
        hanging = len(block.lines) == 1 and bool(_ITEM.match(last.text.strip()))
        if not hanging if step > 0 else len(block.lines) > 1 and not _ITEM.match(block.lines[0].text.strip()):
            return True
    return short and (ended or last.right - last.x1 > 0.4 * (last.right - last.x0))


def _continued(found: list[Block], first: Block) -> Block | None:
    """The block that goes on in the first one of a column, past footnotes and captions in smaller letters."""
    line = first.lines[0]
    for block in reversed(found[-6:]):
        last = block.lines[-1]
        if last.styled(line):
            if BULLET.match(line.text) or last.bold != line.bold or last.could_hold(line):
                return None
            ended = FINAL.search(last.text.strip())
            # After a full stop at the end of a full line only an indent tells; in a text without indents nothing does.
            indents = sum(b.indented for b in found) > 1
            return None if ended and (first.indented or not indents) else block
        if last.size > line.size:
            return None
    return None


def joined(texts: Iterable[str]) -> str:
    """One text of lines; hyphens at their ends vanish, but stay in `EU-Außenbeauftragte` and `Außen- und`."""
    text = ""
    for line in (" ".join(t.split()) for t in texts):
        hyphen = _HYPHEN.search(text)
        if not hyphen or _SECOND_HALF.match(line) or not line[:1].isalnum():
            text += line if not text or re.search(r"\S/$", text) else f" {line}"
        elif text.endswith("\u00ad") or (line[0].islower() and not re.fullmatch(r"\d+|[A-ZÄÖÜ]+", hyphen["word"])):
            text = text[:-1] + line
        elif hyphen["word"].isupper() and len(hyphen["word"]) > 4 and line.split()[0].isupper():
            text = text[:-1] + line  # WAFFEN-STILLSTAND in a headline of capitals
        else:
            text += line
    return text
