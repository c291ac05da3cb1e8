"""The README and the tables of pages in Markdown."""

from tests.support.paths import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
