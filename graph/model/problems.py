"""A problem in the data: where it stands, which rule found it, and what came of it; and the kinds of problems.

No code reads its sentences: they are made of the rule and the parameters (graph.model.vocabulary.rules) when they are
written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import MappingError
from graph.model.terms import Iri
from graph.model.values.markup import plain_text
from graph.model.values.redaction import redact
from graph.model.vocabulary.rules import rule

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

Parameters = tuple[tuple[str, str], ...]
"""What the sentences of a problem name, in the order of the names."""


def parameters(**given: object) -> Parameters:
    """Parameters as a problem holds them.

    >>> parameters(row=3, file="list.csv")
    (('file', 'list.csv'), ('row', '3'))
    """
    return tuple(sorted((name, str(value)) for name, value in given.items()))


def clean_parameters(code: str, given: Mapping[str, object]) -> Parameters:
    """Parameters of a rule without contact details, where its fault may show a part of a cell."""
    if not given:
        return ()
    shown = rule(code).shown
    texts = [(name, redact(str(value)) if name in shown else str(value)) for name, value in given.items()]
    texts.sort()
    return tuple(texts)


@dataclass(frozen=True, slots=True)
class FormFault:
    """What a form finds wrong with a record, before it is mapped; `path` is where in it, such as `location/0/name`."""

    path: str
    value: str
    rule: str
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; `row` counts as a spreadsheet does (the header is row 1), `about` is the thing it concerns.

    What only a look across sources or rows can show is a finding: it has a severity, and things as evidence.
    MappingError if the table of rules has no such rule, or the rule has other parameters.
    """

    source: str
    file: str
    row: int
    column: str
    value: str
    rule: str
    parameters: Parameters = ()
    outcome: str = ""
    """That of the rule, unless another is stated."""
    about: Iri | None = None
    kind: str = ""
    """That of the rule; only what is carried over from a release without rules states its own."""
    severity: str = ""
    reference: str = ""
    """What the source itself calls the entry, so that its keeper finds it when rows have moved."""
    evidence: tuple[Iri, ...] = ()

    def __post_init__(self) -> None:
        found = rule(self.rule)
        if self.parameters or found.parameters:
            given = frozenset([name for name, _ in self.parameters])
            if given != found.parameters:
                fact = f"has the parameters {', '.join(sorted(found.parameters))}, and got {', '.join(sorted(given))}"
                raise MappingError(f"the rule {self.rule!r}", fact, "give those of its templates")
        if not self.outcome:
            object.__setattr__(self, "outcome", str(found.outcome))
        if not self.kind:
            object.__setattr__(self, "kind", found.kind)

    def __lt__(self, other: "Problem") -> bool:
        """By place and rule, never by sentences."""
        return self._order() < other._order()

    def _order(self) -> tuple[object, ...]:
        about = self.about.value if self.about else ""
        first = (self.source, self.file, self.row, self.column, self.value, self.rule, self.parameters, self.outcome)
        evidence = tuple(thing.value for thing in self.evidence)
        return (*first, about, self.kind, self.severity, self.reference, evidence)

    @property
    def place(self) -> str:
        """Where to look, as messages write it."""
        return f"{self.file}:{self.row}"

    @property
    def is_finding(self) -> bool:
        """Whether it was found by looking across sources or rows, and not in a cell alone."""
        return bool(self.severity)

    @property
    def fault(self) -> str:
        """What is wrong, for maintainers."""
        return rule(self.rule).fault(dict(self.parameters), self.outcome)

    @property
    def remedy(self) -> str:
        """What would fix it, for maintainers."""
        return rule(self.rule).remedy(dict(self.parameters))

    def __str__(self) -> str:
        named = [repr(part) for part in (self.column, self.value) if part]
        return f"{self.place}: {' '.join([*named, self.fault])}; {self.remedy}"


def shown(value: str) -> str:
    """A value as a problem may show it: personal data out, cut to `LONGEST_VALUE` characters, one line without HTML.

    >>> shown("write<br>to <b>jo&#64;example.org</b>")
    'write to [e-mail removed]'
    """
    if not value:
        return ""
    cut = redact(value[: LONGEST_VALUE * 2])
    line = " ".join((plain_text(cut) or cut).split())
    return redact(line)[:LONGEST_VALUE]
