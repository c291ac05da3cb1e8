"""Fetching the pages of an interface from a real server: all of them, gone on with when killed, and never half."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from urllib.parse import unquote

import pytest

from graph.acquisition.fetching.feed import Held, fetch_feed
from graph.acquisition.fetching.pages import Manners
from graph.errors import InputError
from tests.support.feeds import Query
from tests.support.paths import ROOT
from tests.support.publishing import Answer, Site, site

HASTY = Manners(waits=(0.0,), pause=0.0)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PER_PAGE = 3
Feed = Callable[[str, Query], Answer]


def services(first: int, last: int) -> list[dict[str, object]]:
    return [{"id": f"s/{number}", "name": f"Service {number}"} for number in range(first, last)]


def page_of(number: int, pages: int, **more: object) -> dict[str, object]:
    """A page as Open Referral UK answers."""
    items = services((number - 1) * PER_PAGE, number * PER_PAGE)
    counts = {"total_items": pages * PER_PAGE, "total_pages": pages, "page_number": number, "size": PER_PAGE}
    return {**counts, "last_page": number == pages, "contents": items, **more}


def numbered(pages: int) -> Feed:
    """An interface that numbers its pages, and has each service in full."""

    def answer(path: str, query: Query) -> Answer:
        if path == "/services":
            return Answer.json(page_of(int(query.get("page", "1")), pages))
        return Answer.json({"id": unquote(path.removeprefix("/services/")), "description": "in full", "cost": 4.10})

    return answer


def linked(pages: int) -> Feed:
    """An interface whose pages lead from one to the next."""

    def answer(_path: str, query: Query) -> Answer:
        number = int(query.get("page", "1"))
        following = f"/services/?page={number + 1}" if number < pages else None
        items = services((number - 1) * PER_PAGE, number * PER_PAGE)
        return Answer.json({"count": pages * PER_PAGE, "next": following, "results": items})

    return answer


def always(answer: Answer) -> Feed:
    """An interface that says the same to everything."""

    def said(_path: str, _query: Query) -> Answer:
        return answer

    return said


def got(at: Site, folder: Path, *, in_full: bool = False, now: datetime = NOW, stale: bool = False) -> Held:
    return fetch_feed(f"{at.url}/services", folder, in_full, now, lambda _: None, HASTY, stale)


def names(held: Held) -> list[str]:
    """The identifiers of all records in the files."""
    found: list[str] = []
    for path in held.paths:
        content = cast("object", json.loads(path.read_text("utf-8")))
        if isinstance(content, dict):
            page = cast("dict[str, object]", content)
            content = page.get("contents") or page["results"]
        found += [str(record["id"]) for record in cast("list[dict[str, object]]", content)]
    return found


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("feed", [numbered, linked])
def test_all_pages_are_fetched_each_a_file(feed: Callable[[int], Feed], tmp_path: Path) -> None:
    with site(feed(4)) as at:
        held = got(at, tmp_path)
    assert names(held) == [f"s/{number}" for number in range(12)]
    assert [path.name for path in held.paths] == [f"page-{number:05}.json" for number in range(1, 5)]
    assert held.date == NOW.date()
    assert len(at.asked) == 4


def test_each_record_is_fetched_in_full_into_one_file_byte_for_byte(tmp_path: Path) -> None:
    with site(numbered(2)) as at:
        held = got(at, tmp_path, in_full=True)
    assert [path.name for path in held.paths] == ["services.json"]
    assert names(held) == [f"s/{number}" for number in range(6)]
    assert held.paths[0].read_text("utf-8").count('"description": "in full", "cost": 4.1') == 6
    assert at.asked[2:] == [f"/services/s%2F{number}" for number in range(6)]


PROGRAM = """
import datetime, sys
from pathlib import Path
from graph.acquisition.fetching.feed import fetch_feed
from graph.acquisition.fetching.pages import Manners
now = datetime.datetime.fromisoformat(sys.argv[3])
fetch_feed(sys.argv[1], Path(sys.argv[2]), sys.argv[4] == "full", now, lambda _: None, Manners((), 0.0))
"""


@pytest.mark.parametrize(("path", "how"), [("/services?page=300", "pages"), ("/services/s%2F7", "full")])
def test_a_fetch_that_is_killed_goes_on_where_it_was(path: str, how: str, tmp_path: Path) -> None:
    pages, reached, end = (320 if how == "pages" else 4), threading.Event(), threading.Event()
    plain = numbered(pages)

    def answer(place: str, query: Query) -> Answer:
        if at.asked[-1] == path and not reached.is_set():
            reached.set()
            end.wait(30)
        return plain(place, query)

    with site(answer) as at:
        command = [sys.executable, "-c", PROGRAM, f"{at.url}/services", str(tmp_path), NOW.isoformat(), how]
        with subprocess.Popen(command, cwd=ROOT) as process:
            assert reached.wait(60)
            process.send_signal(signal.SIGKILL)
        end.set()
        asked = len(at.asked)
        held = got(at, tmp_path, in_full=how == "full", now=NOW + timedelta(hours=1))
        assert at.asked[asked] == path
        assert len(set(at.asked)) == len(at.asked) - 1
    assert names(held) == [f"s/{number}" for number in range(pages * PER_PAGE)]
    assert not [name for name in files(tmp_path) if "part" in name]


def test_one_that_broke_off_longer_ago_than_a_day_begins_anew(tmp_path: Path) -> None:
    def answer(path: str, query: Query) -> Answer:
        return Answer(status=500) if query.get("page") == "3" else numbered(3)(path, query)

    with site(answer) as at:
        for after in (timedelta(), timedelta(hours=23), timedelta(hours=25)):
            with pytest.raises(InputError, match="page=3: answers 500"):
                got(at, tmp_path, now=NOW + after)
    assert at.asked.count("/services") == 2


def test_a_page_that_is_cut_off_is_absent_and_asked_for_again(tmp_path: Path) -> None:
    broken = True

    def answer(path: str, query: Query) -> Answer:
        whole = numbered(3)(path, query)
        return Answer(whole.body[:-9], 200, whole.headers, 9) if broken and query.get("page") == "2" else whole

    with site(answer) as at:
        with pytest.raises(InputError, match=r"page=2: cannot be fetched \(peer closed connection"):
            got(at, tmp_path)
        assert "partial/page-00002.json" not in files(tmp_path)
        broken, asked = False, len(at.asked)
        assert len(names(got(at, tmp_path))) == 9
        assert at.asked[asked:] == ["/services?page=2", "/services?page=3"]


def changing(_path: str, query: Query) -> Answer:
    number = int(query.get("page", "1"))
    return Answer.json(page_of(number, 4 if number < 3 else 5))


def repeating(_path: str, _query: Query) -> Answer:
    return Answer.json(page_of(1, 4))


def losing(_path: str, query: Query) -> Answer:
    number = int(query.get("page", "1"))
    return Answer.json(page_of(number, 3, contents=services(number - 1, number + 1)))


def looping(_path: str, query: Query) -> Answer:
    number = int(query.get("page", "1"))
    following = number + 1 if number < 3 else 2
    return Answer.json({"next": f"/services?page={following}", "results": services(number * 9, number * 9 + 2)})


def endless(_path: str, query: Query) -> Answer:
    number = int(query.get("page", "1"))
    return Answer.json({"next": f"/services?page={number + 1}", "results": services(number, number + 1)})


def elsewhere(_path: str, _query: Query) -> Answer:
    return Answer.json({"next": "http://169.254.169.254/latest", "results": services(0, 1)})


def into_files(_path: str, _query: Query) -> Answer:
    return Answer.json({"next": "file:///etc/passwd", "results": services(0, 1)})


DISAGREEING: dict[str, tuple[Feed, str]] = {
    "a total that changes": (
        changing,
        "announces 12 items on 4 pages, and on page 3 15 items on 5 pages; start again",
    ),
    "a page again": (repeating, "gives page 1 again as page 2; check that its url allows for pages"),
    "an order that changes": (losing, "promises 9 items, its pages hold 4 different ones; start again"),
    "a circle": (looping, "page 3 leads back to page 2; it would never end"),
    "no end": (endless, "has more than 40 pages; ask for larger pages"),
    "too many pages from the start": (numbered(41), "says it has 41 pages, more than 40; ask for larger pages"),
    "another server": (elsewhere, "leads to another server, 'http://169.254.169.254/latest'"),
    "a file of ours": (into_files, "leads to another server, 'file:///etc/passwd'"),
}


@pytest.mark.parametrize("case", DISAGREEING)
def test_pages_that_disagree_end_in_one_message_and_leave_nothing(case: str, tmp_path: Path) -> None:
    feed, message = DISAGREEING[case]
    manners = Manners((), 0.0, most_pages=40)
    with site(feed) as at:
        with pytest.raises(InputError) as fault:
            fetch_feed(f"{at.url}/services", tmp_path, False, NOW, lambda _: None, manners)
        assert f"{at.url}/services: {message}" in str(fault.value)
        assert "\n" not in str(fault.value)
        assert len(at.asked) <= 40
    assert files(tmp_path) == []


REFUSED: dict[str, tuple[Answer, str]] = {
    "a web page": (Answer(b"<html>", headers={"Content-Type": "text/html; charset=utf-8"}), "answers with a web page"),
    "a web page that says it is JSON": (Answer(b"<html>", headers={"Content-Type": "application/json"}), "is not JSON"),
    "half an object": (Answer(b'{"contents": [', headers={"Content-Type": "application/json"}), "is cut off"),
    "no list": (Answer.json({"error": "quota"}), "answers with no list of records under 'contents'"),
    "a list of words": (Answer.json({"contents": ["a"]}), "answers with no list of records"),
    "nested without end": (Answer(b'{"contents":' + b"[" * 5000), "nests deeper than 40 levels"),
    "redirects without end": (Answer(status=302, headers={"Location": "/services"}), "redirects more than 5 times"),
    "a redirect to a file": (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "cannot be fetched"),
    "not found": (Answer(status=404), "answers 404"),
    "a wait too long": (Answer(status=429, headers={"Retry-After": "3600"}), "asks to be left alone for 3,600 seconds"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_page_ends_in_one_message_and_is_not_kept(case: str, tmp_path: Path) -> None:
    answer, message = REFUSED[case]
    with site(always(answer)) as at:
        with pytest.raises(InputError) as fault:
            got(at, tmp_path)
        assert message in str(fault.value) and "\n" not in str(fault.value)
        assert len(at.asked) <= 14
    assert "partial/page-00001.json" not in files(tmp_path)


def test_a_server_that_says_when_is_asked_then(tmp_path: Path) -> None:
    busy = [Answer(status=429, headers={"Retry-After": "1"})]

    with site(lambda path, query: busy.pop() if busy else numbered(1)(path, query)) as at:
        started = time.monotonic()
        assert len(names(got(at, tmp_path))) == 3
        assert time.monotonic() - started >= 1
        assert len(at.asked) == 2


def test_a_whole_feed_is_asked_for_again_after_a_day_and_stays_until_then(tmp_path: Path) -> None:
    with site(numbered(2)) as at:
        first = got(at, tmp_path)
        assert got(at, tmp_path, now=NOW + timedelta(hours=23)) == first
        assert len(at.asked) == 2
        at.answer = numbered(3)
        assert len(names(got(at, tmp_path, now=NOW + timedelta(hours=25)))) == 9
        at.answer = always(Answer(status=404))
        later = NOW + timedelta(days=9)
        with pytest.raises(InputError, match="answers 404"):
            got(at, tmp_path, now=later)
        assert len(names(got(at, tmp_path, now=later, stale=True))) == 9


def test_a_file_that_was_damaged_here_is_fetched_again(tmp_path: Path) -> None:
    with site(numbered(2)) as at:
        held = got(at, tmp_path)
        held.paths[0].write_text("{}")
        assert len(names(got(at, tmp_path))) == 6
        assert len(at.asked) == 4


def test_a_record_that_is_gone_is_as_its_list_has_it(tmp_path: Path) -> None:
    def answer(path: str, query: Query) -> Answer:
        return Answer(status=404) if path.endswith("%2F4") else numbered(2)(path, query)

    with site(answer) as at:
        records = json.loads(got(at, tmp_path, in_full=True).paths[0].read_text("utf-8"))
    assert records[4] == {"id": "s/4", "name": "Service 4"}
    assert [record.get("description") for record in records].count("in full") == 5


def test_an_interface_without_addresses_of_records_is_told_of(tmp_path: Path) -> None:
    def answer(path: str, query: Query) -> Answer:
        return numbered(9)(path, query) if path == "/services" else Answer(status=404)

    with site(answer) as at, pytest.raises(InputError, match=r'10 of its records in a row.*write fetch = "pages"'):
        got(at, tmp_path, in_full=True)


def test_a_record_of_another_number_is_refused(tmp_path: Path) -> None:
    def answer(path: str, query: Query) -> Answer:
        return numbered(1)(path, query) if path == "/services" else Answer.json({"id": "else"})

    with site(answer) as at, pytest.raises(InputError, match="s%2F0: answers with another record"):
        got(at, tmp_path, in_full=True)
    assert "partial/record-000001.json" not in files(tmp_path)
