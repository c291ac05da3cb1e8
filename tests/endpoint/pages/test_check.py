"""The page that checks a list: the report, and what becomes of files that are too large, too slow or made to hurt."""

import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
import pytest
from openpyxl import Workbook

from endpoint.workers.checker import answer
from graph.checking.check import check
from graph.checking.written import document, summary
from graph.export import template
from graph.standards.directory import metadata
from tests.support.endpoint.serving import Server, serving
from tests.support.endpoint.site import read_html
from tests.support.paths import ROOT

SAMPLE = ROOT / "sample" / "directories"
LIST = (SAMPLE / "kingdom-organisations.csv").read_bytes()
REPORT = check([SAMPLE / "kingdom-organisations.csv"])
HTML = {"Accept": "text/html"}
TEXT = {"Accept": "text/plain"}


def send(server: Server, content: bytes, name: str = "list.csv", **more: object) -> httpx.Response:
    """A list sent by the form, as a browser sends it."""
    headers = more.pop("headers", HTML)
    assert isinstance(headers, dict)
    files = {"list": (name, content), **more}
    return server.client.post("/check", files=files, headers=headers)  # type: ignore[arg-type]


def left_behind(out: Path) -> list[str]:
    """Folders of checks that are still there."""
    return [path.name for path in (out / "tmp").iterdir() if path.name.startswith("civsoc-check")]


def test_the_form_needs_no_script_and_says_what_it_takes_and_keeps(site: Server) -> None:
    page = site.client.get("/check")
    found = read_html(page.text)
    assert page.status_code == 200 and "script" not in found.tags
    assert "up to 5 MB" in found.text and "Nothing that you send is kept, logged or published" in found.text
    for link in ("/data/directory/template.xlsx", "/data/directory/csv-metadata.json", "/def/area-type/council"):
        assert link in found.links
        assert site.client.get(link, headers=HTML, follow_redirects=True).status_code == 200, link


def test_the_report_is_a_page_with_rows_and_columns_as_the_spreadsheet_shows_them(
    site: Server, sample_out: Path
) -> None:
    page = send(site, LIST)
    found = read_html(page.text)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert summary(REPORT)[0] in found.text and "to fix" in summary(REPORT)[0]
    assert "row 12, column G (area): Levenmouth" in found.text
    assert {"report", "mend", "remark"} <= set(found.ids) and "stops" not in found.ids
    assert not re.search("planted.person|960123", page.text)
    assert left_behind(sample_out) == []


def test_programs_get_json_text_or_the_fix_list(site: Server) -> None:
    as_json = send(site, LIST, headers={"Accept": "application/json"})
    assert as_json.json() == json.loads(document(REPORT).replace("kingdom-organisations.csv", "list.csv"))
    assert send(site, LIST, headers=TEXT).text.startswith(summary(REPORT)[0])
    as_csv = site.client.post("/check", files={"list": ("list.csv", LIST)}, data={"answer": "csv"}, headers=HTML)
    assert as_csv.headers["content-disposition"] == 'attachment; filename="fixes.csv"'
    assert as_csv.content.startswith(b"\xef\xbb\xbffile,row,column,name,value,what,fault,remedy,rule\n")
    assert as_csv.text.count("\n") == 1 + len(as_json.json()["findings"])


def test_a_list_in_columns_of_its_own_is_checked_with_its_toml_and_without_it_gets_a_start(site: Server) -> None:
    milo = (SAMPLE / "perth-milo.json").read_bytes()
    alone = send(site, milo, "milo.json")
    assert alone.status_code == 422
    page = read_html(alone.text)
    assert "Row 1 of milo.json" in page.text and "names its columns otherwise: Id looks like Reference" in page.text
    assert "civsoc columns" not in page.text and "the template below" in page.text
    assert "[organisations.columns]" in alone.text and "reference = &#34;Id&#34;" in alone.text
    told = send(site, milo, "milo.json", columns=("milo.toml", (SAMPLE / "milo.toml").read_bytes()))
    assert "3 organisations, 2 ready, 1 to fix." in read_html(told.text).text


def test_the_template_and_the_description_are_served_as_the_command_writes_them(site: Server) -> None:
    book = site.client.get("/data/directory/template.xlsx")
    assert book.content == template.as_workbook()
    assert book.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    described = site.client.get("/data/directory/csv-metadata.json")
    assert (described.content, described.headers["content-type"]) == (metadata(), "application/csvm+json")
    for entry in json.loads(described.text)["tables"]:
        held = site.client.get(f"/data/directory/{entry['url']}")
        titles = [column["titles"][0] for column in entry["tableSchema"]["columns"]]
        assert held.text == "\ufeff" + ",".join(titles) + "\r\n"
        assert 'rel="describedby"' in held.headers["link"]
    assert site.client.get("/data/directory/template.csv").text.startswith("\ufeffReference,Name")
    assert site.client.get("/data/directory/passwd.csv").status_code == 404


# Files made to hurt


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def workbook_with(sheet: Callable[[str], str]) -> bytes:
    """A workbook of one list, the XML of whose sheet was changed."""
    book = Workbook()
    assert book.active is not None
    book["Sheet"].append(["reference", "name"])
    book["Sheet"].append(["1", "Choir"])
    held, out = io.BytesIO(), io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = sheet(content.decode()).encode()
            kept.writestr(name, content)
    return out.getvalue()


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb that calls itself a workbook": (
        lambda: zipped(**{"xl__workbook.xml": b"<x/>", "xl__worksheets__sheet1.xml": b"0" * 300_000_000}),
        "unpacks to more than",
    ),
    "an archive that is no workbook": (lambda: zipped(readme=b"x"), "is an archive and no workbook"),
    "a workbook that reads another file": (
        lambda: workbook_with(lambda xml: ENTITY + xml.replace("<worksheet", "<worksheet", 1)),
        "declares a document type",
    ),
    "a workbook cut off": (lambda: workbook_with(lambda xml: xml[: len(xml) // 2]), "cannot be read as a workbook"),
    "a row with a number beyond all spreadsheets": (
        lambda: workbook_with(lambda xml: xml.replace('<row r="2"', '<row r="999999999999"')),
        "claims more than 1,048,576 rows",
    ),
    "a column beyond all spreadsheets": (
        lambda: workbook_with(lambda xml: xml.replace('r="B2"', 'r="ZZZZZZ2"')),
        "cannot be read as a workbook",
    ),
    "a cell of a megabyte": (
        lambda: b"reference,name\n1," + b"x" * 1_100_000 + b"\n",
        "holds a cell of more than 1,048,576 characters",
    ),
    "NULs": (lambda: b"reference,name\n1,Cho\0ir\n", "holds NUL bytes, so it is not a text"),
    "NULs far down": (lambda: b"reference,name\n" + b"1,Choir\n" * 9000 + b"\0", "holds a NUL character"),
    "JSON that nests without end": (lambda: b'[{"a":' + b"[" * 200_000, "nests deeper than 40 levels"),
    "Windows letters that call themselves UTF-8": (
        lambda: b"\xef\xbb\xbfreference,name\n1,Caf\xe9\n",
        "1 organisation",
    ),
    "a thousand columns": (lambda: b",".join(b"c%d" % n for n in range(1000)) + b"\n", "names none of the columns"),
    "markup for a name": (lambda: b"reference,<script>x</script>\n1,2\n", "<script>x</script> is a column that"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_made_to_hurt_ends_in_words(site: Server, sample_out: Path, case: str) -> None:
    make, words = HOSTILE[case]
    done = send(site, make(), "list.xlsx")  # which takes a minute at most
    assert done.status_code in (200, 422)
    assert words in read_html(done.text).text
    assert "<script>" not in done.text
    assert left_behind(sample_out) == []
    assert site.health()["ok"]


def test_a_form_that_is_none_holds_no_file_or_is_too_large_is_refused_in_words(site: Server) -> None:
    multipart = {"Content-Type": "multipart/form-data; boundary=x", **TEXT}
    for body, status, words in (
        (b"--x\r\nnonsense", 422, "the form: holds no file"),
        (b"--x\r\n\r\n--x--\r\n", 422, "the form: cannot be read"),
        (b'--x\r\nContent-Disposition: form-data; name="list"\r\n\r\ntext\r\n--x--\r\n', 422, "holds no file"),
        (b"x" * 5_000_001, 413, "the body has more than 5,000,000 bytes; send a smaller one, or check it on"),
    ):
        done = site.client.post("/check", content=body, headers=multipart)
        assert (done.status_code, words in done.text) == (status, True), done.text
    plain = site.client.post("/check", content=b"x", headers=TEXT)
    assert (plain.status_code, "send multipart/form-data" in plain.text) == (415, True)


def test_a_name_that_would_leave_its_folder_does_not(tmp_path: Path) -> None:
    body = (
        '--x\r\nContent-Disposition: form-data; name="list"; filename="../../..\\\\up/.hidden"\r\n\r\n'
        "reference,name\r\n1,Choir\r\n--x--\r\n"
    )
    folder = tmp_path / "own"
    folder.mkdir()
    found = answer("multipart/form-data; boundary=x", "html", body.encode(), folder)
    assert found.summary[0] == "1 organisation, ready."
    assert [path.name for path in tmp_path.rglob("*")] == ["own", "hidden"]


# Limits

BODY = b"--x\r\n" + b'Content-Disposition: form-data; name="list"; filename="l.csv"' + b"\r\n\r\nreference\r\n--x--\r\n"


@pytest.mark.parametrize(
    ("limit", "status", "words"),
    [
        ({"check_seconds": 0.05}, 504, "took more than 0.05 seconds; check it on a computer of your own"),
        ({"check_memory": 1_000_000}, 507, "needs more memory than 1 MB"),
    ],
)
def test_a_check_that_breaks_a_limit_ends_in_words_and_leaves_nothing(
    sample_out: Path, limit: dict[str, float], status: int, words: str
) -> None:
    with serving(sample_out, workers=1, long_queries=1, **limit) as server:
        done = send(server, LIST, headers=TEXT)
        assert (done.status_code, words in done.text) == (status, True), done.text
        assert left_behind(sample_out) == []
        assert server.health()["ok"]


def test_few_may_wait_and_more_are_told_to_come_back(sample_out: Path) -> None:
    with serving(sample_out, workers=1, long_queries=1, check_queue=0) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as slow:
            head = "POST /check HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            head += f"Content-Length: {len(BODY)}\r\nExpect: 100-continue\r\n\r\n"
            slow.sendall(head.encode())
            assert slow.recv(1000).startswith(b"HTTP/1.1 100 ")  # it has its place
            slow.sendall(BODY[:-5])
            refused = send(server, LIST, headers=TEXT)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
            assert "lists are being checked already" in refused.text
        assert send_until_free(server).status_code == 200


def send_until_free(server: Server) -> httpx.Response:
    """A server learns in its own time that a client left."""
    limit = time.monotonic() + 60
    while (answer := send(server, LIST)).status_code == 503 and time.monotonic() < limit:
        time.sleep(0.1)
    return answer


def test_lists_sent_at_once_are_checked_one_after_the_other(site: Server) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(send(site, LIST).status_code)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200, 200, 200]


def test_nothing_of_a_list_gets_into_the_log(sample_out: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "tests.support.endpoint.serving",
        str(sample_out),
        str(port),
        json.dumps({"workers": 1}),
    ]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "TMPDIR": str(tmp_path)}) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
    ):
        try:
            server = Server(process, client, port)
            for _ in range(1200):
                try:
                    client.get("/health")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            for content in (b"reference,name\n1,SecretChoir\n", b"reference,SecretChoir\n\0", b"PK\x03\x04SecretChoir"):
                send(server, content, "SecretChoir.csv")
        finally:
            process.terminate()
            process.wait(30)
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and b"SecretChoir" in path.read_bytes()]
    assert kept == []
