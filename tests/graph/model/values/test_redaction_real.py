"""How many texts of the real files redaction changes though they hold no contact detail: counted, not estimated."""

import csv
from collections.abc import Iterator

import pytest

from graph.model.values.redaction import redact
from tests.support.paths import DATA

pytestmark = pytest.mark.prove

TABLES = {
    "registers/oscr/former-charities-2020-07-06.csv": "utf-8-sig",
    "registers/ccni/roc-2020-06-30.csv": "cp1252",
    "registers/ccni/charitydetails-2024-04.csv": "cp1252",
    "registers/care-inspectorate/mdsf-2026-05-31.csv": "utf-8-sig",
    "registers/co-operatives/coops-uk-organisations-2023-03-02.csv": "utf-8-sig",
    "grants/tnlcf/tnlcf-past-grants-2021-09.csv": "utf-8-sig",
    "grants/360giving/sample-2016/indigo-trust-360giving.csv": "utf-8-sig",
}
"""Files whose contact details were taken out before, so that whatever is found is found in error."""


def free_texts() -> Iterator[str]:
    """Cells of four words and more, each text once."""
    seen = set[str]()
    for name, encoding in TABLES.items():
        with (DATA / name).open(encoding=encoding, newline="") as file:
            cells = {cell for row in csv.reader(file) for cell in row if cell.count(" ") >= 3}
        yield from cells - seen
        seen |= cells


def test_fewer_than_one_text_in_ten_thousand_is_changed_in_error() -> None:
    texts = [*free_texts()]
    changed = [text for text in texts if redact(text) != text]
    assert len(texts) > 40_000
    assert len(changed) * 10_000 <= len(texts), changed
