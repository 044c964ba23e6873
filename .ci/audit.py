"""Known vulnerabilities of the dependencies, by pip-audit: fails only where it names one.

Without a network, or where the service does not answer or does not know a package, that is said and nothing fails.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

AUDIT = "uv tool run --quiet pip-audit --no-deps --disable-pip --progress-spinner off --format json --requirement"
EXPORT = "uv export --quiet --no-dev --no-emit-project --no-hashes --output-file"
SECONDS = 120


def main() -> None:
    """Prints what was found; exit code 1 for a known vulnerability."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = str(Path(folder) / "requirements.txt")
        try:
            for command in (EXPORT, AUDIT):
                done = subprocess.run(
                    [*command.split(), wanted], capture_output=True, text=True, timeout=SECONDS, check=False
                )
            found = json.loads(done.stdout)["dependencies"]
        except (OSError, subprocess.TimeoutExpired, ValueError, KeyError):
            print("pip-audit: not done, the network or the service is not there")
            return
    skipped = sum("skip_reason" in one for one in found)
    print(f"pip-audit: {len(found) - skipped} packages looked up, {skipped} not known to the service")
    vulnerable = [(one, v) for one in found for v in one.get("vulns", ())]
    for one, v in vulnerable:
        print(
            f"{one['name']} {one['version']}: {v['id']}, mended in {', '.join(v['fix_versions']) or 'no version yet'}"
        )
    sys.exit(1 if vulnerable else 0)


if __name__ == "__main__":
    main()
