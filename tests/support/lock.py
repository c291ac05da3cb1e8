"""The lock files: every dependency by version and hash, with no address that it came from.

`python -m tests.support.lock --write` brings them up to date; the test only checks that they cover pyproject.toml.
"""

import subprocess
import sys

from tests.support.paths import ROOT

BUILD_TOOLS = "hatchling\neditables\n"  # what installing the project itself needs
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.lock": (),
    "requirements-dev.lock": ("--extra", "dev", "--constraints", "requirements.lock"),
}
SETTINGS = [
    "--generate-hashes",
    "--universal",
    "--python-version=3.11",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-annotate",
    "--no-header",
    "--quiet",
]


def write() -> None:
    """Resolve afresh, keeping what is locked where pyproject.toml still allows it."""
    for lock, options in LOCKS.items():
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            *SETTINGS,
            *options,
            "pyproject.toml",
            "-",
            "--output-file",
            lock,
        ]
        subprocess.run(command, cwd=ROOT, input=BUILD_TOOLS, text=True, check=True)


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    write()
