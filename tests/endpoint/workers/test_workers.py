"""Query workers under load, at their limits, and when killed: real processes, real time."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from endpoint.serve import serve
from endpoint.service.settings import Settings
from graph.errors import UsageError
from tests.support.endpoint.served import make_release, switch
from tests.support.endpoint.serving import Server, serving
from tests.support.proof import Prove

SORTED_PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
COUNTED_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
POINT = "SELECT ?n { <x:n7> <x:number> ?n }"
NUMBERS = "SELECT ?s ?n { ?s <x:number> ?n }"
LIMITS = {
    "workers": 3,
    "long_queries": 1,
    "queue": 2,
    "query_seconds": 2.0,
    "short_seconds": 0.4,
    "query_memory": 300_000_000,
    "result_bytes": 100_000,
    "watch_seconds": 0.1,
}
LEAVES = httpx.Timeout(60, read=0.2)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    for release in ("r1", "r2"):
        make_release(out, release, [f"<x:release> <x:is> '{release}' ."])
    switch(out, "r1")
    return out


@pytest.fixture(scope="module")
def server(out: Path) -> Generator[Server]:
    with serving(out, **LIMITS) as running:
        yield running


@pytest.fixture(scope="module")
def patient(out: Path) -> Generator[Server]:
    """A server that stops a query so late that whatever ends earlier was ended by something else."""
    with serving(out, **LIMITS | {"query_seconds": 120.0}) as running:
        yield running


@pytest.fixture(autouse=True)
def rested(server: Server) -> Generator[None]:
    """Each test finds all workers idle, as the one before left the server."""
    yield
    until(lambda: server.health()["busy"] == 0 and server.health()["workers"] == LIMITS["workers"])


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, "it did not come about"
        time.sleep(0.02)


def in_background(server: Server, query: str, count: int) -> tuple[ThreadPoolExecutor, list[Future[httpx.Response]]]:
    pool = ThreadPoolExecutor(count)
    return pool, [
        pool.submit(httpx.get, f"{server.url}/sparql", params={"query": query}, timeout=60) for _ in range(count)
    ]


def test_a_query_that_takes_too_long_is_stopped_with_words(server: Server) -> None:
    began = time.monotonic()
    response = server.ask(COUNTED_PRODUCT)
    assert response.status_code == 504
    assert "more than 2 seconds" in response.text
    assert 1.9 < time.monotonic() - began < 60  # it would take days


def test_a_query_that_takes_too_much_memory_is_stopped_with_words(patient: Server) -> None:
    response = patient.ask(SORTED_PRODUCT)
    assert response.status_code == 507
    assert "more memory than 0.3 GB" in response.text


def test_an_answer_over_its_limit_is_an_error_and_never_a_part(server: Server) -> None:
    response = server.ask(NUMBERS)
    assert response.status_code == 507
    assert "larger than 0.1 MB" in response.text
    assert server.ask(NUMBERS + " LIMIT 500").status_code == 200


@pytest.mark.prove
def test_simple_queries_stay_quick_beside_a_sorted_product_and_a_long_count(server: Server, prove: Prove) -> None:
    pool, running = in_background(server, COUNTED_PRODUCT, 1)
    more, also_running = in_background(server, SORTED_PRODUCT, 1)
    times: list[float] = []
    with pool, more:
        while not all(answer.done() for answer in (*running, *also_running)):
            began = time.perf_counter()
            assert server.ask(POINT).status_code == 200
            times.append(time.perf_counter() - began)
            time.sleep(0.005)
    assert running[0].result().status_code == 504
    assert also_running[0].result().status_code == 507
    assert len(times) > 20
    prove("Simple query beside a sort and a count that take long: median", statistics.median(times) * 1000, 50, "ms")


def test_a_full_queue_turns_away_with_a_time_to_come_back(server: Server) -> None:
    pool, running = in_background(server, COUNTED_PRODUCT, 8)
    with pool:
        answers = [answer.result() for answer in running]
    turned_away = [answer for answer in answers if answer.status_code == 503]
    assert {answer.status_code for answer in answers} == {503, 504}
    assert len(turned_away) >= 3
    for answer in turned_away:
        assert int(answer.headers["retry-after"]) > 0
        assert "others are waiting" in answer.text


@pytest.mark.prove
def test_short_queries_get_through_a_flood_of_long_ones(server: Server) -> None:
    pool, running = in_background(server, COUNTED_PRODUCT, 3)
    with pool:
        time.sleep(0.1)
        assert server.ask(POINT).status_code == 200
        assert not all(answer.done() for answer in running)


def test_a_client_that_leaves_stops_its_query(patient: Server) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{patient.url}/sparql", params={"query": COUNTED_PRODUCT}, timeout=LEAVES)
    until(lambda: patient.health()["busy"] == 0, 60)  # its limit is later


@pytest.mark.prove
def test_a_query_without_a_client_ends_within_moments(patient: Server, prove: Prove) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{patient.url}/sparql", params={"query": COUNTED_PRODUCT}, timeout=LEAVES)
    began = time.monotonic()
    until(lambda: patient.health()["busy"] == 0)
    prove("A query ends after its client left", time.monotonic() - began, 1.5, "s")


@pytest.mark.parametrize("victim", [0, -1])
def test_a_worker_killed_while_idle_is_not_noticed(server: Server, victim: int) -> None:
    os.kill(server.workers()[victim], signal.SIGKILL)
    for _ in range(6):
        assert server.ask(POINT).status_code == 200


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGBUS, signal.SIGTERM])
def test_workers_that_all_end_while_idle_are_not_noticed(server: Server, signal_: int) -> None:
    for worker in server.workers():
        os.kill(worker, signal_)
    assert server.ask(POINT).status_code == 200


def test_workers_killed_at_work_answer_with_words_and_are_replaced(server: Server) -> None:
    idle = {worker: _processor_ticks(worker) for worker in server.workers()}
    pool, running = in_background(server, COUNTED_PRODUCT, 1)
    with pool:
        until(lambda: any(_processor_ticks(worker) > spent + 5 for worker, spent in idle.items()))
        for worker in server.workers():
            os.kill(worker, signal.SIGBUS)
        response = running[0].result()
    assert response.status_code == 400
    assert "nested too deeply" in response.text
    assert server.ask(POINT).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(" + "!" * 100_000 + "true) }",
        "SELECT * { ?s " + "/".join(["<x:p>"] * 25_000) + " ?o }",
        "SELECT (" + "+".join(["1"] * 60_000) + " AS ?n) {}",
        "SELECT * { " + "UNION".join(["{ ?s ?p ?o }"] * 10_000) + " }",
        "SELECT * { FILTER(" + "(" * 190 + "1" + ")" * 190 + ") }",
    ],
)
def test_a_query_that_breaks_the_parser_breaks_nothing_else(server: Server, query: str) -> None:
    response = server.client.post(
        "/sparql", content=query, headers={"Content-Type": "application/sparql-query"}, timeout=30
    )
    assert response.status_code in (200, 400, 504, 507), response.text
    assert response.status_code == 200 or "; " in response.text
    assert server.ask(POINT).status_code == 200


def test_a_new_release_is_taken_up_without_dropping_a_request(server: Server, out: Path) -> None:
    statuses = switched_under_requests(server, out, 0.05)
    assert set(statuses) == {200}
    assert server.health()["release"] == "r1"


@pytest.mark.prove
def test_of_hundreds_of_requests_none_is_dropped_for_a_new_release(server: Server, out: Path) -> None:
    statuses = switched_under_requests(server, out, 0.3)
    assert set(statuses) == {200}
    assert len(statuses) > 100


def switched_under_requests(server: Server, out: Path, rest: float) -> list[int]:
    """What three clients are answered while the release is switched three times, each time for so long, and back."""
    stop, statuses, answers = threading.Event(), list[int](), list[str]()

    def go_on_asking() -> None:
        with httpx.Client(base_url=server.url, timeout=30) as client:
            while not stop.is_set():
                response = client.get(
                    "/sparql", params={"query": "SELECT ?r { <x:release> <x:is> ?r }", "format": "csv"}
                )
                statuses.append(response.status_code)
                answers.append(response.text.split()[-1])
                assert response.headers["etag"].startswith(f'W/"{answers[-1]}-')

    askers = [threading.Thread(target=go_on_asking) for _ in range(3)]
    for asker in askers:
        asker.start()
    for release in ("r2", "r1", "r2"):
        switch(out, release)
        until(lambda release=release: answers[-3:] == [release] * 3)  # type: ignore[misc]
        time.sleep(rest)
    stop.set()
    for asker in askers:
        asker.join()
    assert server.health()["release"] == "r2"
    switch(out, "r1")
    until(lambda: server.health()["release"] == "r1")
    return statuses


def test_a_release_that_cannot_be_opened_leaves_the_old_one_served(server: Server, out: Path) -> None:
    (out / "releases" / "broken").mkdir()
    switch(out, "broken")
    time.sleep(0.4)
    assert server.health()["release"] == "r1"
    assert server.ask(POINT).status_code == 200
    switch(out, "r1")


def test_workers_have_no_network_and_low_priority(server: Server) -> None:
    assert server.health()["network"] == "none"
    until(lambda: all(_niceness(worker) > _niceness(server.process.pid) for worker in server.workers()))


def _niceness(pid: int) -> int:
    """How far a process stands back for others; one that has just ended stands back for all."""
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except ProcessLookupError:
        return 20


def test_a_process_without_network_reaches_not_even_this_machine() -> None:
    code = "from endpoint.workers.sandbox import cut_network; import socket, sys; print(cut_network(), flush=True)\n"
    code += "socket.create_connection(('127.0.0.1', int(sys.argv[1])))"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        done = subprocess.run([sys.executable, "-c", code, port], capture_output=True, text=True, check=False)
    assert done.stdout == "True\n"
    assert "PermissionError" in done.stderr or "OSError" in done.stderr


def test_a_server_told_to_stop_leaves_nothing_behind(out: Path) -> None:
    with serving(out, **LIMITS) as server:
        workers = server.workers()
        assert len(workers) == 3
    assert server.process.returncode == -signal.SIGTERM  # uvicorn ends by the signal, once all is put away
    assert not list((out / "tmp").glob("civsoc-*/*"))
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


@pytest.mark.parametrize("query", [None, COUNTED_PRODUCT])
def test_workers_end_with_a_server_that_is_killed(out: Path, query: str | None) -> None:
    with serving(out, **LIMITS) as server:
        workers = server.workers()
        if query:
            with pytest.raises(httpx.ReadTimeout):
                httpx.get(f"{server.url}/sparql", params={"query": query}, timeout=LEAVES)
        server.process.kill()
        until(lambda: not any(_runs(worker) for worker in workers))


def _processor_ticks(pid: int) -> int:
    """Processor time in user mode, in ticks of usually 10 ms: proc(5), field 14 of `stat`."""
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11])


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_an_address_in_use_is_said_with_what_to_do(server: Server, out: Path) -> None:
    with pytest.raises(UsageError, match=f"127.0.0.1:{server.port}: cannot listen here"):
        serve(out, port=server.port)


@pytest.mark.parametrize(("workers", "long_queries"), [(0, 1), (4, 0)])
def test_settings_that_leave_no_place_for_one_kind_of_query_are_refused(workers: int, long_queries: int) -> None:
    with pytest.raises(UsageError, match="long"):
        Settings(workers=workers, long_queries=long_queries)
