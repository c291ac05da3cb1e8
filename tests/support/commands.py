"""The `civsoc` command in a process of its own, as a person runs it, or in the process of the tests: faster."""

import contextlib
import io
import subprocess
import sys
from pathlib import Path

import pytest

from endpoint.cli.commands import main

CIVSOC = (sys.executable, "-c", "from endpoint.cli.commands import main; main()")


def civsoc(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*CIVSOC, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


def civsoc_here(patch: pytest.MonkeyPatch, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What the command answers, without a process of its own: for its words and exit codes."""
    patch.setattr(sys, "argv", ["civsoc", *map(str, arguments)])
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main()
        sys.exit(0)  # what a command that returns ends with
    return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), out.getvalue(), err.getvalue())
