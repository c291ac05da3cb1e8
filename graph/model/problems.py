"""A fault found in the data: where it stands, what is wrong, and what would mend it; and the kinds of faults."""

from dataclasses import dataclass

from graph.model.terms import Iri
from graph.model.values.markup import plain_text
from graph.model.values.redaction import redact

LONGEST_VALUE = 200
"""Characters of an offending value that are shown: enough to find it, too little to publish a text by accident."""

CELL_FAULT = "cell-fault"
NO_WEBSITE = "no-website"
DOUBLE_ENTRY = "double-entry"
REFUSED_LINK = "refused-link"
DOUBTFUL_VALUE = "doubtful-value"
GONE = "gone-from-register"
POSTCODE_UNKNOWN = "postcode-unknown"
POSTCODE_ENDED = "postcode-ended"
HIDDEN_POSTCODE_UNKNOWN = "hidden-postcode-unknown"
NAME_DIFFERS = "name-differs"
FORMER_NAME = "former-name"
NO_ACTIVITIES = "no-activities"
NOT_CHECKED = "not-checked"
"""Kinds of problems, codes of def/problem-kind."""

WARNING, INFO = "Warning", "Info"
"""How grave a finding is, in the words of SHACL: most likely wrong, or worth a look."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault; `row` counts as a spreadsheet does (the header is row 1), `about` is the thing it concerns.

    What only a look across sources or rows can tell is a finding: it has a severity, and things as evidence.
    """

    source: str
    file: str
    row: int
    column: str
    value: str
    fault: str
    remedy: str
    about: Iri | None = None
    kind: str = CELL_FAULT
    severity: str = ""
    reference: str = ""
    """What the source itself calls the entry, so that its keeper finds it when rows have moved."""
    evidence: tuple[Iri, ...] = ()

    @property
    def place(self) -> str:
        """Where to look, as messages write it."""
        return f"{self.file}:{self.row}"

    @property
    def is_finding(self) -> bool:
        """Whether it was found by looking across sources or rows, and not in a cell alone."""
        return bool(self.severity)

    def __str__(self) -> str:
        named = [repr(part) for part in (self.column, self.value) if part]
        return f"{self.place}: {' '.join([*named, self.fault])}; {self.remedy}"


def shown(value: str) -> str:
    """A value as a problem may show it: personal data out, cut to `LONGEST_VALUE` characters, one line without HTML.

    >>> shown("write<br>to <b>jo&#64;example.org</b>")
    'write to [e-mail removed]'
    """
    cut = redact(value[: LONGEST_VALUE * 2])
    line = " ".join((plain_text(cut) or cut).split())
    return redact(line)[:LONGEST_VALUE]
