"""Build files for directories, and all that a release of one holds."""

import gzip
from pathlib import Path

from tests.support.paths import ROOT

SAMPLE = ROOT / "sample"
BUILD = """
[sources.{name}]
source = "directory"
title = "A directory"
publisher = "Example Interface"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
columns = "{columns}"
file = "{file}"
date = 2026-11-01
expect = {{ lost = 1.0 }}

[sources.scottish_postcodes]
file = "{postcodes}"
date = 2026-11-01
expect = {{ rows = 1 }}
"""
POSTCODES = SAMPLE / "code-point-scotland.csv"


def everything(release: Path) -> bytes:
    """All bytes of a release, unpacked."""
    files = [path for path in release.rglob("*") if path.is_file()]
    return b"".join(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files)
