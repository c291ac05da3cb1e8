"""A build from first to last: each stage takes what the one before it made, and leaves files in the new folder."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from graph.build.context import Making
from graph.build.stages.sources import make_parts
from graph.build.stages.whole import Whole, make_whole
from graph.disk import checksum, files_under, remove_tree, sync_tree
from graph.progress import Clock, Progress
from graph.release.manifest import Manifest
from graph.release.store import Loading, write_dump
from graph.sources.source_graph import dump_file


def make_release(making: Making, progress: Progress) -> Manifest:
    """Run all stages; afterwards the folder is a whole release, on the disk to the last byte."""
    clock = Clock(progress)
    making.scratch.mkdir()
    cleared = make_parts(making, clock, progress)
    with Loading(making.folder / "store") as loading:
        whole = make_whole(making, cleared.parts, loading, clock, progress)
    with clock.stage("dumps"):
        _dump(making, whole.graphs)
    return _finish(making, whole, clock, cleared.suppressed)


def _dump(making: Making, graphs: Sequence[str]) -> None:
    (making.folder / "dumps").mkdir()
    for name in graphs:
        write_dump(making.graph(name), dump_file(making.folder, name))


def _sealed(making: Making) -> dict[str, str]:
    """Bring all files to the disk, and take their checksums."""
    remove_tree(making.scratch)
    sync_tree(making.folder)
    return {str(path.relative_to(making.folder)): checksum(path) for path in files_under(making.folder)}


def _finish(making: Making, whole: Whole, clock: Clock, suppressed: Mapping[str, Sequence[str]]) -> Manifest:
    """Write the manifest, last of all: its presence says that the release is whole."""
    with clock.stage("seal"):
        files = _sealed(making)
    manifest = Manifest(
        id=making.id,
        built_at=datetime.now(UTC).replace(microsecond=0),
        base=making.plan.base,
        code_version=version("civsoc"),
        triples=whole.triples,
        warnings=len(whole.report.warnings),
        sources=tuple(part.entry for part in whole.parts),
        stages=clock.stages,
        files=files,
        suppressed=suppressed,
    )
    manifest.write(making.folder)
    sync_tree(making.folder)
    return manifest
