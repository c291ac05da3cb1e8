"""A build from first to last: each stage takes what the one before it made, and leaves files in the new folder."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from graph.build.context import Context
from graph.build.stages.sources import make_parts
from graph.build.stages.whole import Whole, make_whole
from graph.disk import checksum, files_under, remove_tree, sync_tree
from graph.progress import Clock, Progress
from graph.release.manifest import Manifest
from graph.release.paths import dump_file
from graph.release.store import Loading, write_dump


def make_release(context: Context, progress: Progress) -> Manifest:
    """Run all stages; afterwards the folder is a whole release, on the disk to the last byte."""
    clock = Clock(progress)
    context.scratch.mkdir()
    cleared = make_parts(context, clock, progress)
    with Loading(context.folder / "store") as loading:
        whole = make_whole(context, cleared.parts, loading, clock, progress)
    with clock.stage("dumps"):
        _dump(context, whole.graphs)
    return _finish(context, whole, clock, cleared.suppressed)


def _dump(context: Context, graphs: Sequence[str]) -> None:
    (context.folder / "dumps").mkdir()
    for name in graphs:
        write_dump(context.graph(name), dump_file(context.folder, name))


def _sealed(context: Context) -> dict[str, str]:
    """Bring all files to the disk, and take their checksums."""
    remove_tree(context.scratch)
    sync_tree(context.folder)
    return {str(path.relative_to(context.folder)): checksum(path) for path in files_under(context.folder)}


def _finish(context: Context, whole: Whole, clock: Clock, suppressed: Mapping[str, Sequence[str]]) -> Manifest:
    """Write the manifest, last of all: its presence says that the release is whole."""
    with clock.stage("seal"):
        files = _sealed(context)
    manifest = Manifest(
        id=context.id,
        built_at=datetime.now(UTC).replace(microsecond=0),
        base=context.plan.base,
        code_version=version("civsoc"),
        triples=whole.triples,
        warnings=len(whole.report.warnings),
        sources=tuple(part.entry for part in whole.parts),
        stages=clock.stages,
        files=files,
        suppressed=suppressed,
    )
    manifest.write(context.folder)
    sync_tree(context.folder)
    return manifest
