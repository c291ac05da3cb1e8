"""What tests share: accepting golden files, and the real data if it is here."""

import fcntl
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from graph.model import iri
from tests.support.endpoint.serving import Server, serving
from tests.support.endpoint.site import build_sample
from tests.support.paths import DATA
from tests.support.real_build import Built, real_release

settings.register_profile("shared", deadline=None)  # how long an example takes depends on what else runs
settings.load_profile("shared")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write golden files anew from what the code says now")


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
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "real.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return real_release(shared / "real")


@pytest.fixture(scope="session")
def sample_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample, built once for all tests that look at it."""
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def site(sample_out: Path) -> Generator[Server]:
    """A real server over the bundled sample."""
    with serving(sample_out, workers=2, long_queries=1) as running:
        yield running
