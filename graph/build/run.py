"""A build: from a plan to a served release, or to an error that leaves everything as it was.

Here is what surrounds the stages: the lock, the clearing up, the switch. The stages are in `graph.build.stages`.
"""

import errno
import os
from collections.abc import Collection, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from graph.build.carry_over import repeated_lookups
from graph.build.context import Context
from graph.build.plan import Plan, refuse_missing
from graph.build.stages.order import make_release
from graph.disk import remove_tree
from graph.errors import InputError, ReleaseError, ValidationFailed
from graph.model import iri
from graph.privacy.suppression.discreet import Discreet, discreet_errors
from graph.privacy.suppression.matching import Texts
from graph.progress import Progress, Silent
from graph.release.folder import Releases
from graph.release.lock import sole_writer
from graph.release.manifest import Manifest

_NO_SPACE = os.strerror(errno.ENOSPC)

FAILED = "failed"
"""The folder beside the releases that says why the last build was refused."""


def build(
    plan: Plan, only: Collection[str] = (), out: Path | None = None, progress: Progress | None = None
) -> Manifest:
    """Build a release, serve it, and delete those that are too old.

    The data of sources not named in `only` are carried over from the served release unchanged; those that it does not
    have are left out. Any error leaves the served release as it is and nothing of the new one; the results for which
    the data were refused stay in `OUT/failed/` until the next build.
    """
    named = {source.name for source in plan.only(set(only))}
    releases = Releases((out or plan.out).resolve())
    iri.use_base(plan.base)
    private, listener = plan.objections.texts if plan.objections else Texts({}), progress or Silent()
    with discreet_errors(private), _disk_faults_in_words(releases.out):
        releases.out.mkdir(parents=True, exist_ok=True)
        with sole_writer(releases.out):
            return _build(plan, named, releases, Discreet(listener, private) if private else listener)


def _build(plan: Plan, named: set[str], releases: Releases, progress: Progress) -> Manifest:
    remove_tree(releases.out / FAILED)
    for leftover in releases.clear_leftovers():
        progress.note(f"cleared {leftover}, left by a build that was stopped")
    served, release_id = releases.current(), _new_id(releases)
    folder = releases.building(release_id)
    try:
        folder.mkdir()
        before = _manifest(served, progress)
        again = _mapped_again(plan, named, before, progress)
        context = Context(plan, named | again, again, served, before, folder, release_id)
        manifest = make_release(context, progress)
        progress.stage("switch")
        releases.accept(folder, release_id)
        releases.switch(release_id)
    except (InputError, ValidationFailed) as fault:
        kept = _keep_findings(folder, releases.out / FAILED)
        releases.discard(release_id)
        raise type(fault)(fault.place, fault.fact, fault.remedy + kept) from fault
    except BaseException:
        releases.discard(release_id)
        raise
    _prune(plan, releases, served, progress)
    return manifest


def _mapped_again(plan: Plan, named: set[str], before: Manifest | None, progress: Progress) -> frozenset[str]:
    """The sources to map beside those named."""
    again = repeated_lookups(plan, named, before)
    if again:
        progress.note(f"mapped too, because they give what others refer to: {', '.join(sorted(again))}")
        refuse_missing(plan.path, plan.only(set(again)))
    return again


def _manifest(served: Path | None, progress: Progress) -> Manifest | None:
    """The content of the served release; a damaged one does not prevent the next build."""
    try:
        return Manifest.read(served) if served else None
    except ReleaseError as fault:
        progress.note(f"nothing is compared with the served release: {fault}")
        return None


def _prune(plan: Plan, releases: Releases, served: Path | None, progress: Progress) -> None:
    """Delete what is too old or may not stay; that it cannot be deleted does not undo the build."""
    try:
        if gone := releases.withdraw():
            progress.note(f"deleted {len(gone)} releases that were built without an entry of the suppression list")
        for old in releases.prune(plan.keep, spare=[served] if served else []):
            progress.note(f"deleted release {old}: {plan.keep} are kept")
    except OSError as fault:
        progress.note(f"old releases could not be deleted: {fault}")


def _keep_findings(folder: Path, failed: Path) -> str:
    """Keep what shows why a release was refused, its problems and report; says where, if there is any."""
    found = [folder / name for name in ("problems", "report.ttl", "report.txt") if (folder / name).exists()]
    if not found:
        return ""
    failed.mkdir()
    for path in found:
        path.rename(failed / path.name)
    return f"; the particulars are in {failed}"


def _new_id(releases: Releases) -> str:
    """The time, to the second, which sorts as it passes; with a number if that second has a release already."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    taken = {path.name for path in releases.folder.glob("*")}
    return next(name for name in _numbered(stamp) if name not in taken)


def _numbered(stamp: str) -> Generator[str]:
    yield stamp
    for number in range(2, 100):
        yield f"{stamp}-{number:02}"


@contextmanager
def _disk_faults_in_words(out: Path) -> Generator[None]:
    """What the operating system refuses, as one line that says what to do about it."""
    try:
        yield
    except OSError as fault:
        message = fault.strerror or str(fault)  # RocksDB gives words only
        if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or _NO_SPACE in message:
            fact = f"the disk is full ({_NO_SPACE if _NO_SPACE in message else message})"
            raise ReleaseError(str(out), fact, "make room and build again") from fault
        place = str(fault.filename or out)
        raise ReleaseError(place, message, "check that the file or folder is there and yours to write") from fault
