"""The `civsoc` command in a process of its own, as a person runs it."""

import subprocess
import sys
from pathlib import Path

CIVSOC = (sys.executable, "-c", "from endpoint.cli.commands import main; main()")


def civsoc(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*CIVSOC, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
