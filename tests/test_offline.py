"""No network: the whole tool runs in a network namespace without devices, the first start included."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
NAMESPACE = ["unshare", "--map-root-user", "--net", "--"]


def _has_namespaces() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not _has_namespaces(), reason="needs Linux with user namespaces")


def offline(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs a command without network devices, in a new home."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ARGOS"))} | {"HOME": str(home)}
    return subprocess.run(
        [*NAMESPACE, *command], cwd=home, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_the_namespace_has_no_network(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    found = offline(tmp_path, sys.executable, "-c", code)
    assert found.returncode != 0
    assert "unreachable" in found.stderr


def test_a_new_user_translates_the_seeds_without_a_network(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(SEEDS, home / "seeds")
    program = [sys.executable, "-m", "translator"]
    first = offline(home, *program, "seeds", "--to", "en", "--format", "docx,html,tsv")
    assert (first.returncode, "Traceback" in first.stderr) == (0, False), first.stderr
    articles = [p for p in (home / "seeds").rglob("*") if p.is_file()]
    assert len(list((home / "exports").rglob("*.docx"))) == len(articles)
    second = offline(home, *program, "seeds", "--to", "en", "--format", "docx,html,tsv")
    assert second.returncode == 0
    assert f"{len(articles)} unchanged" in second.stderr
    for arguments in (["detect", "seeds"], ["models", "list"], ["memory", "stats"], ["glossary", "--help"]):
        found = offline(home, *program, *arguments)
        assert (found.returncode, "Traceback" in found.stderr) == (0, False), found.stderr


def test_nothing_is_written_but_data_cache_and_outputs(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "a.txt").write_text("Die Waffenruhe hielt nicht lange.\n", "utf-8")
    assert offline(home, sys.executable, "-m", "translator", "a.txt", "--to", "en", "--from", "de").returncode == 0
    allowed = (".local/share", ".cache", ".config", "exports", "a.txt")
    others = [p for p in home.rglob("*") if p.is_file() and not p.relative_to(home).as_posix().startswith(allowed)]
    assert others == []
