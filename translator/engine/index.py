"""The index of Argos packages: which models there are to download, and from where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from translator.engine.download import TOO_MUCH_INDEX, fetch, is_web_address
from translator.engine.packages import PIVOT, is_code, is_version, version_key
from translator.errors import ModelError
from translator.language.names import english_name


@dataclass(frozen=True)
class Offer:
    """A package that may be downloaded; `links` are mirrors, the preferred one first."""

    source: str
    target: str
    version: str
    links: tuple[str, ...]

    @property
    def name(self) -> str:
        """As an installed package is listed: `de_en-1.0`."""
        return f"{self.source}_{self.target}-{self.version}"


def default_index() -> str:
    """Argos's index, or the one that argostranslate's settings name.

    argostranslate joins a base and `index.json` without a slash between them; people set the base without one.
    """
    from argostranslate import settings

    return str(settings.remote_package_index).removesuffix("index.json").rstrip("/") + "/index.json"


def read_index(url: str) -> list[Offer]:
    """All offers of an index.

    Raises:
        ModelError: it cannot be reached, or is none.
    """
    return parse_index(fetch(url, TOO_MUCH_INDEX), url)


def parse_index(content: bytes, url: str) -> list[Offer]:
    """Offers in an index; entries that are no translation package, or have no link over HTTP, are passed over.

    An index that came encrypted offers nothing over plain HTTP: what it vouches for could be exchanged on the way.

    Raises:
        ModelError: it is no list in JSON.
    """
    try:
        entries = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{url}: this is no index of packages ({error})") from error
    if not isinstance(entries, list):
        raise ModelError(f"{url}: this is no index of packages (a list was expected)")
    encrypted = url.startswith("https:")
    return [offer for entry in entries if (offer := _offer(entry, encrypted=encrypted)) is not None]


def _offer(entry: object, *, encrypted: bool) -> Offer | None:
    if not isinstance(entry, dict) or entry.get("type", "translate") != "translate":
        return None
    source, target, version, links = (entry.get(k) for k in ("from_code", "to_code", "package_version", "links"))
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(version, str)):
        return None
    if not (is_code(source) and is_code(target) and is_version(version) and isinstance(links, list)):
        return None
    usable = [link for link in links if isinstance(link, str) and is_web_address(link)]
    usable = [link for link in usable if link.startswith("https:") or not encrypted]
    return Offer(source, target, version, tuple(usable)) if usable else None


def newest(offers: Sequence[Offer], source: str, target: str) -> Offer | None:
    """The newest offer for a pair."""
    fitting = [o for o in offers if (o.source, o.target) == (source, target)]
    return max(fitting, key=lambda o: version_key(o.version), default=None)


def choose(offers: Sequence[Offer], source: str, target: str) -> tuple[Offer, ...]:
    """The offer for a pair, or the two that lead through English.

    Raises:
        ModelError: there is neither.
    """
    if direct := newest(offers, source, target):
        return (direct,)
    first, second = newest(offers, source, PIVOT), newest(offers, PIVOT, target)
    if first and second:
        return first, second
    raise ModelError(
        f"no model from {english_name(source)} to {english_name(target)} is offered, not even through English; "
        "see: translate models available"
    )
