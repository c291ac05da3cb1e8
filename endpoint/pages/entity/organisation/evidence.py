"""Why we believe that an organisation exists: its grade of evidence in plain words, and the reasons for it."""

from endpoint.presentation.model.blocks import Notes, marks_of, own, things
from endpoint.presentation.model.page import Block, Facts, Line
from endpoint.presentation.model.values import Value, link
from endpoint.presentation.names import labels
from endpoint.presentation.names.short_names import day_of, plain
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.view import View
from endpoint.store.port import Fact
from graph.model.terms import CIV, SKOS, Iri

__all__ = ["evidence_block"]

NO_REGISTER = (
    "No, as far as we know: none of our sources gives a register number for it. Small groups do not have to register, "
    "and this does not show how good a group is."
)


def evidence_block(view: View, notes: Notes, iri: str) -> Block | None:
    """The grade with its meaning, the evidence with the newest first, and whether it is on a register."""
    group = display_of(view).group("evidence")
    query = own(iri, group.title, group.properties)
    facts = view.stated(iri, group.properties)
    grades = things(facts, CIV.evidenceGrade.value)
    if not grades:
        return None
    marks = marks_of(notes, facts)
    lines = [
        _line(view, CIV.evidenceGrade, [link(view, grades[0])]),
        Line("Which means", "", (Value(plain(view, grades[0], SKOS.definition), "text"),)),
        _line(view, CIV.gradeEvidence, [*_because(view, facts), *_more(view, iri, facts)]),
    ]
    if CIV.UnregisteredGroup.value in view.types(iri):
        lines.append(Line("On a register", "", (Value(NO_REGISTER, "text"),)))
    return Block(group.id, group.title, query, (Facts(tuple(lines)),), marks)


def _line(view: View, prop: Iri, values: list[Value]) -> Line:
    return Line(labels.property_label(view, prop.value), view.addresses.page(prop.value), tuple(values))


def _because(view: View, facts: list[Fact]) -> list[Value]:
    found = [(_when(view, thing), thing) for thing in things(facts, CIV.gradeEvidence.value)]
    newest = sorted(found, key=lambda dated: dated[0][0], reverse=True)
    return [link(view, it, note=words) for (_, words), it in newest]


def _when(view: View, thing: str) -> tuple[str, str]:
    """The day of a piece of evidence, and that day in words; of a link, what it was made from."""
    display = display_of(view)
    for prop in display.group("how-new").properties:
        if day := plain(view, thing, prop):
            return day, f"{display.day_labels.get(prop.value, '')} {day_of(day)}".lstrip()
    return "", plain(view, thing, CIV.evidence)


def _more(view: View, iri: str, facts: list[Fact]) -> list[Value]:
    """How many there are in all, where not all are linked."""
    count, linked = plain(view, iri, CIV.gradeEvidenceCount), len(things(facts, CIV.gradeEvidence.value))
    return [Value(f"and {int(count) - linked:,} more", "text")] if count else []
