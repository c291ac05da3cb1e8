"""Where a release has what belongs to one graph or source."""

from pathlib import Path


def dump_file(release: Path, graph: str) -> Path:
    """Where a release has the dump of a graph."""
    return release / "dumps" / f"{graph}.nq.gz"


def problems_file(release: Path, source: str) -> Path:
    """Where a release has the problems of a source."""
    return release / "problems" / f"{source}.csv"


def kept_rows_file(release: Path, source: str) -> Path:
    """Where a release keeps which row each entry of a source came from."""
    return release / "rows" / f"{source}.tsv.gz"


def unmerged_file(release: Path, source: str) -> Path:
    """Where a release keeps the statements of a source that merging identifiers changed, as they were."""
    return release / "unmerged" / f"{source}.nq.gz"
