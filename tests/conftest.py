"""What tests share: accepting golden files, one sample and one real release, the order of tests, and the proof."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Generator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from graph.build.stages import whole
from graph.model import iri
from tests.support.builds.running import cross_check_of_few
from tests.support.endpoint.serving import Server, serving
from tests.support.endpoint.site import build_sample
from tests.support.paths import DATA, ROOT
from tests.support.proof import Proof
from tests.support.real_build import Built, real_release

settings.register_profile("shared", deadline=None)  # how long an example takes depends on what else runs
settings.load_profile("shared")

LONG = frozenset(
    (
        "tests/endpoint/pages/test_pages.py",
        "tests/endpoint/test_browser.py",
        "tests/graph/acquisition/test_hostile.py",
        "tests/graph/build/test_build.py",
        "tests/graph/privacy/suppression/test_suppression_list.py",
        "tests/graph/statistics/test_cubes.py",
        "tests/sources/crosswalks/test_real.py",
        "tests/sources/oscr/test_real.py",
        "tests/sources/test_real_geography.py",
        "tests/sources/threesixty/test_real.py",
    )
)
"""Modules that take longest: they begin first, so that no process waits for another at the end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write golden files anew from what the code says now")
    parser.addoption("--proof", type=Path, help="write what tests marked `prove` measure into the table of this page")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Proof(config.getoption("--proof")), "proof")
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):  # processes that tests start compile each module once, not each
        os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "bytecode")


class _ByModule(LoadScopeScheduling):
    """Processes that run side by side share out modules; one of them takes all that ask the real build."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> _ByModule:
    """Own scheduling, because `--dist loadgroup` of xdist 3.8 shares out single tests under pytest 9."""
    return _ByModule(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first."""
    groups = {item: _group(item.nodeid) for item in items}
    items.sort(key=lambda item: (groups[item] != REAL, groups[item] not in LONG))


REAL = "real"


def _group(nodeid: str) -> str:
    """What runs in one process: a module, so that it sets up its fixtures once, or all modules on the real build."""
    module = nodeid.partition("::")[0]
    return REAL if _asks_the_real_build(module) else module


@cache
def _asks_the_real_build(module: str) -> bool:
    return "real_build: Built" in (ROOT / module).read_text("utf-8")


@pytest.fixture(scope="session", autouse=True)
def few_nodes_validated_again() -> Generator[None]:
    """Builds within the process of a test give the reference engine one node of each class and no more.

    The cross-check takes most of the time of a small build. It has tests of its own, and builds by the command run it
    whole, as that of the real files.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "cross_check", cross_check_of_few)
        yield


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


@pytest.fixture(autouse=True)
def default_base() -> None:
    """The base IRI is a setting of the process: no test inherits another's."""
    iri.use_base(iri.DEFAULT_BASE)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files, from CIVSOC_DATA or beside the checkout; its absence is told loudly."""

    if not DATA.is_dir():
        pytest.skip(f"NO REAL DATA at {DATA}: set CIVSOC_DATA to its folder")
    return DATA


@pytest.fixture(scope="session")
def real_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The release of all real files, built once for all tests that ask it something, in whichever process they run."""
    with shared(tmp_path_factory, "real") as folder:
        return real_release(folder)


@pytest.fixture(scope="session")
def sample_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample, built once for all tests; each process has a copy, as servers write beside it."""
    out = tmp_path_factory.mktemp("sample") / "out"
    with shared(tmp_path_factory, "sample") as folder:
        built = folder if (folder / "current").exists() else build_sample(folder)
        return shutil.copytree(built, out, symlinks=True)


@contextlib.contextmanager
def shared(factory: pytest.TempPathFactory, name: str) -> Generator[Path]:
    """A folder of all processes of a test run, for one of them at a time."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / name


@pytest.fixture(scope="session")
def site(sample_out: Path) -> Generator[Server]:
    """A real server over the bundled sample."""
    with serving(sample_out, workers=2, long_queries=1) as running:
        yield running
