"""A report as text for a terminal, as CSV for a spreadsheet, as JSON for a program."""

import csv
import io
import json
from collections.abc import Iterator

from graph.checking.findings import Finding, Group, Report, Tally, Weight
from graph.model.values.spreadsheet import defused

SHOWN = 20
"""Rows that are named in the text for each kind of finding; CSV and JSON have all."""

COLUMNS = ("file", "row", "column", "name", "value", "what", "fault", "remedy", "rule")
HEADS = {
    Weight.STOPS: "What stops the list from being published",
    Weight.FIX: "To fix",
    Weight.REMARK: "Could be better",
}


def summary(report: Report) -> list[str]:
    """How the list stands, in a few sentences."""
    if stops := report.of(Weight.STOPS):
        columns = sum(finding.row == 1 for finding in stops)
        what = f"{columns:,} column{'s stop' if columns > 1 else ' stops'} the list" if columns else "it"
        rows = " and ".join(_rows(tally) for tally in report.tallies.values())
        return [
            f"{rows}; {what}{'' if columns else ' cannot be published as it is'}." if rows else "There is no row yet."
        ]
    lines = [_counted(tally) for tally in report.tallies.values()]
    left_out = sum(tally.left_out for tally in report.tallies.values())
    if not report.of(Weight.FIX):
        lines.append("Nothing stops it from being published, and nothing must be fixed.")
    else:
        whole = f" ({left_out:,} whole row{'s' * (left_out != 1)})" if left_out else ""
        lines.append(f"Nothing stops it from being published; what must be fixed{whole} is left out until it is.")
    return lines


def _rows(tally: Tally) -> str:
    return f"{tally.rows:,} {tally.title if tally.rows != 1 else _one(tally.title)}"


def _counted(tally: Tally) -> str:
    if not tally.to_fix:
        return f"{_rows(tally)}, {'all ' * (tally.rows > 1)}ready."
    return f"{_rows(tally)}, {tally.ready:,} ready, {tally.to_fix:,} to fix."


def _one(title: str) -> str:
    """The singular of the name of a table.

    >>> _one("opportunities"), _one("sites")
    ('opportunity', 'site')
    """
    return f"{title.removesuffix('ies')}y" if title.endswith("ies") else title.removesuffix("s")


def text(report: Report) -> str:
    """The report for a person at a terminal: the summary first, then each kind with its rows."""
    lines = summary(report)
    for weight, head in HEADS.items():
        if groups := report.groups(weight, SHOWN):
            lines += ["", f"{head}:"]
            for group in groups:
                lines += _group_lines(group, report.several)
    return "\n".join(lines) + "\n"


def _group_lines(group: Group, several: bool) -> Iterator[str]:
    what = f"{group.column}: " if group.column else ""
    where = f" [{group.file}]" if several else ""
    remedy = f"; {group.remedy}" if group.remedy else ""
    yield f"  {what}{group.fault}{remedy} ({group.count:,}) [{group.rule}]{where}"
    for finding in group.findings:
        if finding.row:
            yield f"    {finding.place}{detail(group, finding)}"
    if group.count > len(group.findings):
        yield f"    and {group.count - len(group.findings):,} more; --out FIXES.csv lists them all"


def detail(group: Group, finding: Finding) -> str:
    """What a finding says beyond the words of its kind: its value, another row, a remedy of its own."""
    own = [finding.fault] * (finding.fault != group.fault) + [finding.remedy] * (not group.remedy)
    return f"{f': {finding.value}' if finding.value else ''}{''.join(f'; {words}' for words in own)}"


def table(report: Report) -> str:
    """The report as CSV, a finding a row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in report.findings:
        writer.writerow(map(defused, _cells(finding)))
    return out.getvalue()


def _cells(it: Finding) -> tuple[str, ...]:
    row = str(it.row) if it.row else ""
    return it.file, row, it.letter, it.column, it.value, str(it.weight), it.fault, it.remedy, it.rule


def document(report: Report, most: int | None = None) -> str:
    """The report as JSON, of the findings not more than `most`."""
    tallies = {
        name: {"rows": it.rows, "ready": it.ready, "to_mend": it.to_fix, "left_out": it.left_out}
        for name, it in report.tallies.items()
    }
    findings = [dict(zip(COLUMNS, _cells(it), strict=True)) for it in report.findings[:most]]
    counts = {str(weight): len(report.of(weight)) for weight in Weight}
    whole = {"summary": summary(report), "tables": tallies, "counts": counts, "findings": findings}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
