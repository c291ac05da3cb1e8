"""Pages in a real browser: nothing fails, nothing is fetched from elsewhere, everything fits, no script is needed."""

import os
import shutil
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Locator, Page, Request, sync_playwright

from graph.checking.check import check
from graph.checking.written import summary
from tests.support.endpoint.serving import Server
from tests.support.paths import ROOT

CHROMIUM = os.environ.get("CIVSOC_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATHS = [
    "/",
    "/search",
    "/search?q=trust",
    "/doc/organisation/GB-SC-SC900020",
    "/doc/organisation/GB-SC-SC910003",
    "/doc/organisation/GB-SC-SC900061",
    "/doc/organisation/GB-CHC-9900123",
    "/doc/organisation/GB-SC-SC900022",
    "/areas",
    "/areas?sort=income",
    "/doc/area/S12000036",
    "/doc/dataset/income-by-area-year",
    "/doc/area/S01013086",
    "/doc/dataset/imd2019",
    "/doc/source/oscr",
    "/def/oscr-purpose",
    "/doc/ns/purpose",
    "/ns",
    "/quality",
    "/check",
    "/quality/kingdom",
    "/quality/kingdom?kind=no-activities",
    "/doc/organisation/GB-SC-SC910010",
    "/query?query=SELECT%20*%20%7B%20%3Fthing%20%3Fproperty%20%3Fvalue%20%7D%20LIMIT%2050",
    "/query?query=SELECT",
    "/data",
]
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
LIST = ROOT / "sample" / "directories" / "kingdom-organisations.csv"
CONTRAST = """() => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const grounds = new Map([[null, [255, 255, 255]]]);
  const behind = element => {
    if (!grounds.has(element)) {
      const colour = rgb(getComputedStyle(element).backgroundColor);
      grounds.set(element, colour.length < 4 || colour[3] > 0 ? colour : behind(element.parentElement));
    }
    return grounds.get(element);
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.closest('.unseen, .skip, svg')) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(found)];
}"""
pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="NO CHROMIUM: install it (apt-get install chromium) or set CIVSOC_CHROMIUM to look at pages"
)


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--disable-sync"])
        yield running
        running.close()


def follow(page: Page, leading: Locator) -> None:
    """Click what leads to another page, and wait until that one is there."""
    with page.expect_navigation():
        leading.click()


@dataclass
class Visit:
    """All pages, looked at one after the other in one tab: what was asked for, what the browser said, what it saw."""

    asked: list[str] = field(default_factory=list[str])
    said: list[str] = field(default_factory=list[str])
    answers: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """Of each page its status, and how many main headings it has."""
    widths: dict[int, dict[str, int]] = field(default_factory=lambda: {width: {} for width in WIDTHS})
    """How wide each page gets on a screen of a width."""
    faint: dict[str, dict[str, list[str]]] = field(default_factory=lambda: {scheme: {} for scheme in SCHEMES})
    """Elements of each page that do not stand out, in a colour scheme."""

    def note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def note_message(self, message: ConsoleMessage) -> None:
        if "status of 400" not in message.text:  # a refused query is a 400, and the browser says so
            self.said.append(message.text)

    def note_page(self, page: Page, address: str, path: str) -> None:
        answer = page.goto(address)
        assert answer is not None
        self.answers[path] = answer.status, page.locator("h1").count()

    def measure(self, page: Page, path: str) -> None:
        for width, found in self.widths.items():
            page.set_viewport_size({"width": width, "height": 800})
            found[path] = int(page.evaluate("document.documentElement.scrollWidth"))
        for scheme, faint in self.faint.items():
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            faint[path] = page.evaluate(CONTRAST)


def visit(site: Server, browser: Browser, scripts: bool) -> Visit:
    """Every page, loaded once; measured where scripts run, as measuring needs one."""
    found = Visit()
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.on("request", found.note_request)
    page.on("console", found.note_message)
    for path in PATHS:
        found.note_page(page, site.url + path, path)
        if scripts:
            found.measure(page, path)
    context.close()
    return found


@pytest.fixture(scope="module")
def visits(site: Server, browser: Browser) -> Mapping[bool, Visit]:
    """What a browser with scripts sees, and one without."""
    return {scripts: visit(site, browser, scripts) for scripts in (True, False)}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_nothing_fails_and_nothing_is_fetched_from_elsewhere(
    site: Server, visits: Mapping[bool, Visit], scripts: bool
) -> None:
    seen = visits[scripts]
    assert seen.answers == {path: (400 if path == "/query?query=SELECT" else 200, 1) for path in PATHS}
    assert seen.said == []
    assert len(seen.asked) > len(PATHS)
    assert [url for url in seen.asked if not url.startswith(site.url)] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(visits: Mapping[bool, Visit], width: int) -> None:
    widths = visits[True].widths[width]
    assert list(widths) == PATHS
    assert {path: wide for path, wide in widths.items() if wide > width} == {}


def test_a_charity_is_found_and_asked_about_without_scripts(site: Server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    page.get_by_label("Name, part of a name, former name, or charity number").fill("sc 900020")
    follow(page, page.get_by_role("button", name="Find"))
    follow(page, page.get_by_role("link", name="Reformed Kirk of Alba").first)
    assert page.locator("h1").inner_text() == "Reformed Kirk of Alba"
    follow(page, page.locator("#money .sparql"))
    assert "rows" in page.locator("#answer h2").inner_text()
    page.get_by_label("Query").fill("ASK { ?s ?p ?o }")
    follow(page, page.get_by_role("button", name="Run"))
    assert page.locator("#answer h2").inner_text() == "Yes"
    context.close()


def test_a_list_is_checked_without_scripts_and_its_report_fits_a_phone(site: Server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site.url)
    follow(page, page.get_by_role("link", name="Check a list of your own"))
    page.get_by_label("Your list").set_input_files(LIST)
    follow(page, page.get_by_role("button", name="Check it"))
    assert page.locator("#report p").first.inner_text() == summary(check([LIST]))[0]
    assert page.get_by_text("row 12, column G (area)").count() == 1
    own = FilePayload(name="own.csv", mimeType="text/csv", buffer=b"No,Group\n1,A\n")
    page.get_by_label("Your list").set_input_files(own)
    follow(page, page.get_by_role("button", name="Check it"))
    assert page.get_by_role("alert").count() == 1
    assert "[organisations.columns]" in page.locator("#columns").inner_text()
    context.close()


def test_a_report_is_no_wider_than_the_screen_and_stands_out_from_its_ground(site: Server, browser: Browser) -> None:
    for width, scheme in ((360, "light"), (1280, "dark")):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        page.goto(site.url + "/check")
        page.get_by_label("Your list").set_input_files(LIST)
        follow(page, page.get_by_role("button", name="Check it"))
        assert int(page.evaluate("document.documentElement.scrollWidth")) <= width
        assert page.evaluate(CONTRAST) == []
        context.close()


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(site: Server, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site.url + PATHS[3])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out_from_its_ground(visits: Mapping[bool, Visit], scheme: str) -> None:
    """WCAG 2.1 AA, 4.5 to 1, in both colour schemes."""
    faint = visits[True].faint[scheme]
    assert list(faint) == PATHS
    assert {path: elements for path, elements in faint.items() if elements} == {}
