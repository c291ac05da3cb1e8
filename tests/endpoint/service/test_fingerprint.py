"""What a client holds is fresh for as long as the release and the installed code are the same."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.endpoint.served import BASE
from tests.support.endpoint.site import release_of
from tests.support.paths import ROOT

PACKAGES = ("endpoint", "graph", "mappings", "ontology", "shapes")
ADDRESSES = ("/api/oruk/services", "/doc/organisation/GB-XX-1", "/doc/organisation/GB-XX-1.ttl", "/ns")
PROGRAM = """
import asyncio, json, sys
from pathlib import Path
import httpx
from endpoint.app import create_app

async def tags():
    transport = httpx.ASGITransport(create_app(Path(sys.argv[1])))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answers = {each: await client.get(each, headers={"Accept": "text/html, */*;q=0.5"}) for each in sys.argv[2:]}
    return {address: answer.headers["etag"] for address, answer in answers.items()}

print(json.dumps(asyncio.run(tags())))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages."""
    folder = tmp_path_factory.mktemp("installed")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    turtle = f"<{BASE}id/organisation/GB-XX-1> a civ:Organisation ; skos:prefLabel 'Amber Choir' ."
    return release_of(tmp_path_factory.mktemp("out"), {"oscr": turtle})


def tags(installed: Path, out: Path) -> Mapping[str, str]:
    """The ETags that the copy sends."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", PROGRAM, str(out), *ADDRESSES]
    run = subprocess.run(command, cwd=installed, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(run.stdout)
    return found


def fingerprint(installed: Path) -> str:
    """What the copy says it is."""
    program = "from endpoint.service.fingerprint import fingerprint; print(fingerprint())"
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=installed, capture_output=True, text=True, check=True).stdout


def add_a_byte(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def test_every_etag_changes_with_the_code_that_makes_the_answer(installed: Path, out: Path) -> None:
    before = tags(installed, out)
    assert len(before) == len(ADDRESSES)
    assert tags(installed, out) == before
    add_a_byte(installed / "graph" / "export" / "oruk" / "objects.py")
    assert not set(tags(installed, out).values()) & set(before.values())


def test_the_fingerprint_is_of_every_file_of_every_package_by_its_name(installed: Path) -> None:
    seen = [fingerprint(installed)]
    assert fingerprint(installed) == seen[0]
    for name in (
        "endpoint/templates/base.html",
        "ontology/civsoc.ttl",
        "mappings/oscr.toml",
        "shapes/annual_return.ttl",
    ):
        add_a_byte(installed / name)
        seen.append(fingerprint(installed))
    (installed / "shapes" / "annual_return.ttl").rename(installed / "shapes" / "renamed.ttl")
    seen.append(fingerprint(installed))
    assert len(set(seen)) == len(seen)
