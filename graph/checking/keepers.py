"""Problems of a list for the people who maintain it in a spreadsheet: how grave each is, and what they are advised."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from graph.checking.findings import Weight
from graph.model.problems import INFO, Parameters, Problem
from graph.model.vocabulary.codes import labels
from graph.model.vocabulary.rules import Outcome, Reader, rule
from graph.standards.directory import Column

PERSONAL = "contact-details"
_PERSONAL = frozenset((PERSONAL, "contact-details-only", "key-contact-details"))
"""Rules whose values are not repeated, not even without what was taken out of them."""
_ALIKE = {"website-contact-details": PERSONAL}
"""Rules that are one to the keeper of a list, so that one cell has one finding."""
_UNSHOWN = "(not repeated here, as it may be private)"
_PRIVATE = ("postcode", "website", "contact_page", "social_media")
"""Columns into which people type their own addresses."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something found in a row, not yet with its column as the spreadsheet shows it."""

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    parameters: Parameters = ()
    outcome: str = ""
    """That of the rule, unless another is stated."""
    advice: str = ""
    """What would fix this one, where the rule leaves that open."""

    @property
    def weight(self) -> Weight:
        """What it means for the list."""
        found = rule(self.rule)
        if found.outcome is Outcome.FILE_REFUSED:
            return Weight.STOPS
        return Weight.REMARK if found.severity == INFO else Weight.FIX

    @property
    def loses_row(self) -> bool:
        """Whether the whole row is left out because of it."""
        return (self.outcome or rule(self.rule).outcome) == Outcome.ROW_SET_ASIDE

    @property
    def fault(self) -> str:
        """What is wrong, with the row that it names."""
        return self._fault(f"row {dict(self.parameters).get('row', '')}")

    @property
    def general(self) -> str:
        """What is wrong, alike for all that name other rows."""
        return self._fault("another row")

    @property
    def remedy(self) -> str:
        """What would fix it."""
        return rule(self.rule).remedy({"advice": self.advice, **dict(self.parameters)}, Reader.KEEPER)

    def _fault(self, row: str) -> str:
        found = rule(self.rule)
        return found.fault({**dict(self.parameters), "row": row}, self.outcome or found.outcome, Reader.KEEPER)


def note_of(problem: Problem, column: Column | None) -> Note:
    """A problem of a build for the keeper of the list; its value only if it may be shown."""
    code = _ALIKE.get(problem.rule, problem.rule)
    value = problem.value or _UNSHOWN * (problem.column in _PRIVATE)
    if code in _PERSONAL or rule(code).severity == INFO:
        value = ""
    place, advice = (problem.file, problem.row, problem.column), _advice(code, column, problem.value)
    return Note(*place, value, code, problem.parameters, problem.outcome, advice)


def _advice(code: str, column: Column | None, value: str) -> str:
    if code == "code-unknown" and column:
        return _choice(column, value)
    if code == "area-unknown":
        return _likely(value) or "write the council's name, such as Fife"
    return "see the explanation in the template"


def _choice(column: Column, value: str) -> str:
    known = column.words or (labels(column.code_list) if column.code_list else ())
    near = get_close_matches(value, known, 1)
    if near:
        return f"did you mean {near[0]}?"
    return f"write {' or '.join(known)}" if 0 < len(known) < 6 else "see the explanation in the template"


@lru_cache(maxsize=4096)
def _likely(value: str) -> str:
    """The council area that a text may mean.

    >>> _likely("Abedeenshire"), _likely("Levenmouth")
    ('did you mean Aberdeenshire?', '')
    """
    near = get_close_matches(value[:60], labels("council"), 1, 0.75)
    return f"did you mean {near[0]}?" if near else ""
