"""Downloads that go on where they broke off, from one mirror after the other.

The standard library's client: it takes proxies from the environment and certificates from the system, and a package
more would be one more to trust. It is told to follow no redirect that leaves HTTP or goes back to plain HTTP.
"""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from io import RawIOBase
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from translator import __version__
from translator.engine.package_file import require_room
from translator.errors import ModelError

TOO_MUCH_INDEX = 20 * 2**20
"""Bytes of an index; Argos's has some 100 kB."""
TOO_MUCH = 4 * 2**30
"""Bytes of a package."""
STALLED = 30.0
"""Seconds without a byte after which a connection is given up."""
ATTEMPTS = 4
"""Rounds over the mirrors, with 1, 2, 4 seconds between them."""
_SLOWEST = 256
"""Bytes per second below which a connection counts as stalled: a byte now and then never times out."""
_BLOCK = 2**17
_BUSY = (408, 425, 429)
"""Answers of the 400s after which asking again helps."""

Advance = Callable[[int, int | None], None]
"""Told the bytes that are here and the bytes of the whole, None where the server does not say."""
_BROKEN = (OSError, http.client.HTTPException, ValueError)


class _Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url).scheme, urlsplit(newurl).scheme
        if after not in ("http", "https") or (before == "https" and after == "http"):
            raise urllib.error.URLError(f"refused a redirect to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_web_address(url: str) -> bool:
    """Whether it is an address over HTTP that may be asked and printed; urllib knows no passwords in addresses."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return good and "@" not in parts.netloc and re.fullmatch(r"[!-~]{1,2000}", url) is not None


def _open(url: str, headers: dict[str, str], timeout: float, method: str = "GET") -> http.client.HTTPResponse:
    if not is_web_address(url):
        raise urllib.error.URLError(f"{url[:200]!r} is no web address")
    sent = {"User-Agent": f"translator/{__version__}", "Accept-Encoding": "identity", **headers}
    request = urllib.request.Request(url, headers=sent, method=method)
    response: http.client.HTTPResponse = urllib.request.build_opener(_Redirects).open(request, timeout=timeout)
    return response


def fetch(url: str, most: int, *, timeout: float = STALLED) -> bytes:
    """A small file.

    Raises:
        ModelError: it cannot be reached, or has more than `most` bytes.
    """
    try:
        with _open(url, {}, timeout) as response:
            content = b""
            for block in _blocks(response, timeout, most + 1):
                content += block
    except _BROKEN as error:
        raise ModelError(f"{url}: could not be reached ({reason(error)}); a package file that was downloaded elsewhere "
                         "is installed with: translate models install FILE.argosmodel") from error  # fmt: skip
    if len(content) > most:
        raise ModelError(f"{url}: refused, it has more than {most // 2**20} MB")
    return content


def size(links: Sequence[str], *, timeout: float = STALLED) -> int | None:
    """Bytes of a package as the first mirror that answers says, None where none does."""
    for link in links:
        try:
            with _open(link, {}, timeout, method="HEAD") as response:
                return _length(response.headers)
        except _BROKEN:
            continue
    return None


@dataclass
class _Part:
    """What is here of a file: the bytes, and the server's mark of the version they are of."""

    path: Path

    @property
    def mark(self) -> Path:
        return self.path.with_suffix(".version")

    def begun(self) -> tuple[int, str]:
        """Bytes that are here and the mark; nothing is gone on with whose version is not known."""
        try:
            return self.path.stat().st_size, self.mark.read_text("utf-8")
        except (OSError, ValueError):
            return 0, ""

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self.mark.unlink(missing_ok=True)


def download(
    links: Sequence[str],
    place: Path,
    advance: Advance = lambda here, whole: None,
    *,
    sleep: Callable[[float], None] = time.sleep,
    timeout: float = STALLED,
) -> None:
    """Downloads a file to `place`; what came before a break is kept beside it and gone on with, also by a later call.

    Raises:
        ModelError: no mirror gives the whole file, or the disk has no room.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    part = _Part(place.with_name(f"{place.name}.part"))
    failures: list[str] = []
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(2.0 ** (attempt - 1))
        final = 0
        for link in links:
            try:
                _go_on(link, part, advance, timeout)
            except _BROKEN as error:
                failures.append(f"{urlsplit(link).netloc}: {reason(error)}")
                final += (
                    isinstance(error, urllib.error.HTTPError) and 400 <= error.code < 500 and error.code not in _BUSY
                )
                continue
            part.path.replace(place)
            part.forget()
            return
        if final == len(links):  # asking again would not help
            break
    raise ModelError(
        f"{links[0]}: could not be downloaded ({'; '.join(dict.fromkeys(failures))}); the same command goes on where it "
        "broke off, and a package file from elsewhere is installed with: translate models install FILE.argosmodel"
    )


def _go_on(link: str, part: _Part, advance: Advance, timeout: float) -> None:
    here, mark = part.begun()
    headers = {"Range": f"bytes={here}-", "If-Range": mark} if here and mark else {}
    try:
        response = _open(link, headers, timeout)
    except urllib.error.HTTPError as error:
        if error.code != http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        if error.headers.get("Content-Range") == f"bytes */{here}":
            return  # killed between the last byte and the renaming
        part.forget()
        raise ValueError("what is here is longer than the file") from error
    with response:
        length = _length(response.headers)
        if response.status != http.client.PARTIAL_CONTENT or not _continues(response.headers, here):
            if response.status == http.client.PARTIAL_CONTENT:
                part.forget()
                raise ValueError("the server sent another part of the file than was asked for")
            here = 0
            part.forget()
        whole = None if length is None else here + length
        if (whole or 0) > TOO_MUCH:
            raise ModelError(f"{link}: refused, it has {whole} bytes")
        require_room(part.path.parent, length or 0)
        if not here:
            part.mark.write_text(_mark(response.headers), "utf-8")
        with part.path.open("ab", buffering=0) as file:
            for block in _blocks(response, timeout, length):
                _append(file, block, part.path)
                here += len(block)
                if here > TOO_MUCH:
                    raise ModelError(f"{link}: refused, it does not end")
                advance(here, whole)
    if whole is not None and here != whole:
        raise ValueError(f"the connection broke off after {here} of {whole} bytes")


def _blocks(response: http.client.HTTPResponse, timeout: float, most: int | None) -> Iterator[bytes]:
    """The body as it comes, `most` bytes of it."""
    since, received, left = time.monotonic(), 0, most
    while left is None or left > 0:
        block = response.read1(_BLOCK if left is None else min(_BLOCK, left))  # read() waits until all is there
        if not block:
            return
        left = None if left is None else left - len(block)
        received += len(block)
        yield block
        passed = time.monotonic() - since
        if passed >= timeout:
            if received < _SLOWEST * passed:
                raise TimeoutError
            since, received = time.monotonic(), 0


def _append(file: RawIOBase, block: bytes, path: Path) -> None:
    """Writes all of a block; a full disk is no fault of a mirror."""
    rest = memoryview(block)
    try:
        while rest:
            rest = rest[file.write(rest) or 0 :]
    except OSError as error:
        raise ModelError(f"{path}: cannot be written ({error.strerror or error}); what came so far is kept") from error


def _length(headers: Message) -> int | None:
    text = headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdecimal() else None


def _continues(headers: Message, here: int) -> bool:
    return headers.get("Content-Range", "").startswith(f"bytes {here}-")


def _mark(headers: Message) -> str:
    """What If-Range accepts: a strong ETag, else the date; nothing where a server has neither."""
    etag = headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")


def reason(error: Exception) -> str:
    """Why a connection failed, in a few words."""
    cause = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    text = str(getattr(cause, "strerror", None) or cause) or type(error).__name__
    return "the connection stalled" if isinstance(cause, TimeoutError) or "timed out" in text else text
