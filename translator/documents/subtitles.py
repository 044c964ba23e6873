"""Subtitles, SRT and WebVTT, read with webvtt-py: what is said becomes running paragraphs."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import webvtt

from translator.documents.characters import collapse
from translator.documents.encoding import read_text
from translator.documents.model import Document, Paragraph
from translator.errors import InputError, library_reason

LONG_PAUSE, SHORT_PAUSE = 3.0, 1.0
"""Seconds without subtitles that end a paragraph: in any case, and behind the end of a sentence."""
ROLLING = 0.1
"""Seconds after which a repeated line is said again; before, it only stays on the screen while the next one comes."""
ENDLESS = 500
"""Characters without the end of a sentence, as in subtitles made by machines, behind which a paragraph ends anyway."""

_TIME = r"(?:\d{1,4}:)?[0-5]?\d:[0-5]?\d[,.]\d{1,3}"
_TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(\s.*)?")
_ARROWLESS_TIMING = re.compile(rf"\s*{_TIME}\W+{_TIME}")
_WORD = re.compile(r"[^\W\d_]{2}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,100})?\s+([^<>]{1,100})>")
_SPEAKER = re.compile("\x02([^\x03]*)\x03")  # marks no file can hold: reading refuses control characters
_POSITION = re.compile(r"\{\\[^{}]{0,100}\}")  # {\an8}, which comes from another format
_SENTENCE_END = re.compile(r"[.!?…][\"'“”»«’‘‹›)\]]*(?:\s|$)")
_NEXT_SPEAKER = re.compile(r"[-–—]\s*(?=[A-ZÄÖÜ„\"»‚…\[]|(?<=\s)\d)")  # not: "– so hieß es –", "-20 Grad"
_SOUND = re.compile(r"\[[^\[\]]*\]|[♪♫].*|\*[^*]+\*")  # asterisks: German television


@dataclass
class _Cue:
    """Lines that stand on the screen together from `start` to `end`, in seconds."""

    start: float
    end: float
    lines: list[str]


def read(path: Path, name: str) -> Document:
    """Reads a subtitle file; the content decides which of the two formats it is.

    Raises:
        InputError: unreadable, binary, with broken times, or without text.
    """
    text, encoding = read_text(path)
    try:
        cues = _cues(path, text)
    except InputError:
        raise
    except Exception as error:  # webvtt-py has two errors of its own and lets those of numbers and indexes out
        raise InputError(
            f"{path}: damaged, or no subtitle file although it is named like one ({library_reason(error)})"
        ) from error
    paragraphs = tuple(Paragraph(text) for text in map(collapse, _paragraphs(cues)) if text)
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    return Document(path, name, paragraphs, encoding=encoding)


def _cues(path: Path, text: str) -> list[_Cue]:
    """The cues by time."""
    kind = "vtt" if text.lstrip().startswith("WEBVTT") else "srt"
    lines = _mended(path, text.split("\n"), kind)
    captions = webvtt.WebVTT.from_buffer(io.StringIO("\n".join(lines).lstrip("\n")), format=kind)
    cues = []
    for caption in captions.captions:
        caption.lines = [_VOICE.sub("\x02\\1\x03", line) for line in caption.lines]
        shown = [" ".join(html.unescape(_POSITION.sub("", line)).split()) for line in caption.text.split("\n")]
        cues.append(_Cue(_seconds(caption.start), _seconds(caption.end), [line for line in shown if line]))
    return sorted(cues, key=lambda cue: cue.start)


def _mended(path: Path, lines: list[str], kind: str) -> Iterator[str]:
    """The lines with every cue written so that webvtt-py takes it, for it passes over all others without a word.

    Raises:
        InputError: a line that should give times does not.
    """
    last = ""
    for number, line in enumerate(lines, start=1):
        timing = _TIMING.fullmatch(line)
        if not timing and (_ARROWLESS_TIMING.match(line) or ("-->" in line and re.search(r"\d", line))):
            quoted = "" if _WORD.search(line) or len(line) > 80 else f": {line}"  # messages quote no texts
            raise InputError(f"{path}: line {number} should give times, such as 00:01:05,200 --> 00:01:07,000{quoted}")
        if timing and kind == "srt":
            if not last.isdecimal():  # no number, or not even an empty line before it
                yield from ("", "0")
            start, end = (time if time.count(":") == 2 else f"00:{time}" for time in timing.groups()[:2])
            yield f"{start} --> {end}"
        elif timing:
            yield f"{timing[1]} --> {timing[2]}".replace(",", ".") + (timing[3] or "")
        else:
            yield line.strip() if kind == "srt" else line
        last = line.strip()


def _seconds(time: str) -> float:
    """`01:02:03.400` in seconds."""
    hours, minutes, seconds = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


class _Transcript:
    """Running text that is being put together.

    Attributes:
        paragraphs: their lines.
        begin: whether what comes next begins a paragraph.
    """

    def __init__(self) -> None:
        self.paragraphs: list[list[str]] = []
        self.begin = True
        self._speaker = ""
        self._unended = 0

    def pause(self, seconds: float) -> None:
        """Ends the paragraph after a long pause, a sentence and a short one, or too much without a sentence's end."""
        closed = seconds >= SHORT_PAUSE and not self._unended
        self.begin |= seconds >= LONG_PAUSE or closed or self._unended > ENDLESS

    def add(self, line: str) -> None:
        """Adds a line, in which `\x02name\x03` marks who speaks."""
        first, *voices = _SPEAKER.split(line)
        for name, said in [("", first), *zip(voices[::2], voices[1::2], strict=True)]:
            name, said = name.strip(), said.strip()
            dash = _NEXT_SPEAKER.match(said)
            self.begin |= bool(dash) or name not in ("", self._speaker)
            if said := said[dash.end() :] if dash else said:
                self._say(name, said)

    def _say(self, name: str, said: str) -> None:
        sound = bool(_SOUND.fullmatch(said))
        if self.begin or sound:
            self._speaker, self._unended = name, 0
            self.paragraphs.append([f"{name}: {said}" if name and not sound else said])
        else:
            self.paragraphs[-1].append(said)
        *ended, rest = _SENTENCE_END.split(said)
        self._unended = len(rest) if ended else self._unended + len(said)
        self.begin = sound


def _paragraphs(cues: list[_Cue]) -> list[str]:
    """Running text; speakers, sounds and pauses begin paragraphs of their own."""
    transcript, before = _Transcript(), _Cue(0, 0, [])
    for cue in cues:
        if cue.lines:
            transcript.pause(cue.start - before.end)
            repeated = _repeated(before.lines, cue.lines) if cue.start - before.end <= ROLLING else 0
            for line in _with_whole_sounds(cue.lines[repeated:]):
                transcript.add(line)
            before = _Cue(cue.start, max(cue.end, before.end), cue.lines)
    return [" ".join(lines) for lines in transcript.paragraphs]


def _repeated(before: list[str], lines: list[str]) -> int:
    """How many of the lines are still those at the end of the cue before; YouTube's captions roll up line by line."""
    return max(n for n in range(min(len(before), len(lines), 8) + 1) if n == 0 or before[-n:] == lines[:n])


def _with_whole_sounds(lines: list[str]) -> Iterator[str]:
    """The lines; a sound described in up to four of them is one."""
    at = 0
    while at < len(lines):
        close = {"[": "]", "♪": "♪"}.get(lines[at][0], "")
        size = 1
        if close and close not in lines[at][1:]:
            size = next((n for n in range(2, 5) if close in "".join(lines[at + n - 1 : at + n])), 1)
        yield " ".join(lines[at : at + size])
        at += size
