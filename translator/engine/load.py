"""From a language pair to an engine that is ready."""

from __future__ import annotations

from translator.engine.hypotheses import Engine
from translator.engine.packages import Package


def load_engine(route: tuple[Package, ...], threads: int = 0, device: str = "cpu") -> Engine:
    """Engine for one package, or for two that lead through the pivot language; `device` is cpu, cuda, or cuda:1 and so on.

    Raises:
        ModelError: a package does not load.
    """
    from translator.engine.ct2 import PackageEngine  # with the decoder's library
    from translator.engine.pivot import PivotEngine

    engines = [PackageEngine(package, threads, device) for package in route]
    return engines[0] if len(engines) == 1 else PivotEngine(engines[0], engines[1])
