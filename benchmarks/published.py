"""Published BLEU and chrF of other German→English systems, as the Firefox project gives them in its evaluation."""

from __future__ import annotations

PUBLISHED: dict[str, dict[str, tuple[float, float | None]]] = {
    "Argos": {"newstest2019": (35.8, None), "newstest2020": (35.8, None), "flores-dev": (37.0, None)},
    "Firefox, 17 M": {"newstest2019": (39.0, 63.8), "newstest2020": (38.5, 65.6), "flores-dev": (39.4, 65.9)},
    "Firefox, 31 M": {"newstest2019": (40.9, None), "newstest2020": (40.1, 66.8), "flores-dev": (41.4, None)},
    "Google": {"newstest2019": (40.7, None), "newstest2020": (41.6, None), "flores-dev": (44.9, None)},
}
"""System → set → BLEU and chrF (None: not known to us). For Opus-MT and Microsoft we have no figures on these sets."""
