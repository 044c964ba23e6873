"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(str, Enum):
    """How sure a finding is: a warning wants a look, information is for those who ask."""

    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """Something about a translated sentence that its reader should know.

    Attributes:
        rule: short name of the check ("term", "numbers").
        message: one sentence for the reader.
        severity: warning or information.
        span: characters of the translation it is about, None for the whole sentence.
    """

    rule: str
    message: str
    severity: Severity = Severity.WARNING
    span: tuple[int, int] | None = None
