"""The table of rules is whole: each is used, is tripped by data, and has its sentences and its place in the docs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import MappingError
from graph.model.problems import Problem, parameters
from graph.model.rows.layout import Layout
from graph.model.rows.row import Row, SetAside
from graph.model.vocabulary.rules import Outcome, Reader, rule, rules
from graph.release.fix_lists import read_problems
from tests.support import tripped_rules
from tests.support.paths import ROOT
from tests.support.tripped_rules import older_list

PAGE = ROOT / "docs" / "problem-rules.md"
FINDERS = {"Fault", "FormFault", "Reading", "Refused", "Note", "Problem", "Found"}
"""Classes that are made with the code of a rule."""
A_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def called(tree: ast.AST) -> Iterator[ast.expr]:
    """What is given to the calls that name a rule."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "problem" and len(node.args) > 1:
                yield node.args[1]
            elif name in FINDERS | {"rule", "_note", "_of_header", "_found"}:
                yield from node.args
                yield from (keyword.value for keyword in node.keywords if keyword.arg == "rule")


def strings(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def trees() -> Iterator[ast.AST]:
    for package in ("graph", "mappings", "endpoint"):
        for file in sorted((ROOT / package).rglob("*.py")):
            yield ast.parse(file.read_text("utf-8"))


def codes_given() -> set[str]:
    """The codes at the places in the code that name a rule."""
    found: set[str] = set()
    for tree in trees():
        for given in called(tree):
            found |= {text for text in strings(given) if A_CODE.fullmatch(text)}
    return found


def test_every_code_that_is_used_is_in_the_table_and_every_rule_is_used() -> None:
    given = codes_given()
    assert len(given) > 100
    assert given - rules().keys() == set()
    named = {text for tree in trees() for text in strings(tree)}
    assert rules().keys() - named == set()


@pytest.mark.parametrize("code", rules())
def test_a_rule_is_of_a_known_kind_and_has_sentences_for_both_readers(code: str) -> None:
    found = rule(code)
    assert found.code == code
    assert found.kind in tripped_rules.KINDS
    keeper = {**dict.fromkeys(found.parameters, "…"), "row": "another row", "advice": "…"}
    for reader, given in ((Reader.MAINTAINER, dict.fromkeys(found.parameters, "…")), (Reader.KEEPER, keeper)):
        fault, remedy = found.fault(given, found.outcome, reader), found.remedy(given, reader)
        assert fault and remedy and not fault.endswith(".") and not remedy.endswith(".")
        assert "row another row" not in fault + remedy
    words = " ".join(text for pair in found.templates.values() for text in pair)
    assert not re.search(r"\bmend|\bis no \b|set aside|left out whole|\btells?\b", words), words


@pytest.fixture(scope="module")
def tripped(sample_out: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The rules that some data break: golden files, the sample, small cases."""

    def folder() -> Path:
        return tmp_path_factory.mktemp("rules")

    return {
        *tripped_rules.of_goldens(),
        *tripped_rules.of_release(sample_out),
        *tripped_rules.of_lists(folder()),
        *tripped_rules.of_identifiers(),
        *tripped_rules.of_grants(folder()),
        *tripped_rules.of_open_referral(folder()),
        *tripped_rules.of_links(folder()),
        *tripped_rules.of_findings(),
        *tripped_rules.of_strays(folder()),
        *tripped_rules.of_warnings(),
        *tripped_rules.of_older_releases(folder()),
    }


@pytest.mark.parametrize("code", rules())
def test_a_rule_is_tripped_by_some_data(code: str, tripped: set[str]) -> None:
    assert code in tripped


def test_a_code_that_is_not_in_the_table_is_a_fault_of_the_mapping() -> None:
    row = Row(Layout("glen", "list.csv", ["day"]), 2, ["soon"])
    with pytest.raises(MappingError, match="the rule 'date-odd': is not in ontology"):
        row.problem("day", "date-odd")
    with pytest.raises(MappingError, match="has the parameters form, and got shape"):
        row.problem("day", "date-invalid", shape="x")


def test_what_became_of_the_data_is_said_by_the_outcome() -> None:
    place = ("glen", "list.csv", 2, "day", "soon", "date-invalid", parameters(form="dd/mm/yyyy"))
    assert [Problem(*place, outcome).fault for outcome in ("", Outcome.ROW_SET_ASIDE, Outcome.PART_LEFT_OUT)] == [
        "is not a date",
        "is not a date, so the row was set aside",
        "is not a date, so the part was left out",
    ]
    found = rule("date-invalid")
    assert found.fault({}, Outcome.ROW_SET_ASIDE, Reader.KEEPER) == "is not a date, so the whole row is left out"


def test_problems_are_in_order_of_place_rule_and_parameters_whatever_their_sentences_are() -> None:
    place = ("glen", "list.csv", 2, "day", "soon")
    later, form = Problem(*place, "number-invalid"), parameters(form="a")
    assert sorted([later, Problem(*place, "date-invalid", form), Problem(*place, "amount-invalid")]) == [
        Problem(*place, "amount-invalid"),
        Problem(*place, "date-invalid", form),
        later,
    ]


def test_a_cell_that_is_needed_sets_the_row_aside_by_the_problem_that_it_has() -> None:
    layout = Layout("glen", "list.csv", ["rank", "size"])
    row = Row(layout, 2, ["first", "many"])
    with pytest.raises(SetAside):
        row.needed("rank", row.count)
    row.count("size")
    found = [(it.column, it.rule, it.outcome) for it in layout.problems]
    assert found == [("rank", "count-invalid", Outcome.ROW_SET_ASIDE), ("size", "count-invalid", Outcome.VALUE_LOST)]


def test_what_a_release_without_rules_listed_keeps_its_sentences_and_its_kind(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text(older_list("is no date, so the row was set aside", "mend it"), "utf-8")
    (found,) = read_problems("glen", tmp_path / "old.csv")
    assert (found.fault, found.remedy) == ("is no date, so the row was set aside", "mend it")
    assert (found.rule, found.kind) == ("earlier-release", "no-website")


def test_every_rule_is_on_the_page_of_the_documentation(bless: bool) -> None:
    text = page()
    if bless:
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text, "if right: pytest --bless"


def page() -> str:
    """The page of rules, by kind."""
    lines = [
        "# Rules of problems",
        "",
        "Each problem names the rule that found it: `civ:rule` in the graph, `rule` in the fix lists and in the check",
        "of a list, `/quality?rule=…` on the pages. The table is `ontology/lists/problem_rules.ttl`; this page is made",
        "of it by `pytest tests/graph/model/test_rules.py --bless`. In braces stand the parameters of a problem. Where",
        "the people who maintain a directory read other words, these follow after *Keepers*.",
        "",
        "| outcome | what becomes of the data |",
        "|---|---|",
        *(f"| `{code}` | {text} |" for code, text in tripped_rules.OUTCOMES.items()),
    ]
    for kind in sorted({each.kind for each in rules().values()}):
        lines += ["", f"## {kind}", "", "| rule | outcome | what is wrong | what would fix it |", "|---|---|---|---|"]
        lines += [_line(code) for code, each in rules().items() if each.kind == kind]
    return "\n".join(lines) + "\n"


def _line(code: str) -> str:
    found = rule(code)
    (fault, remedy), keeper = found.templates[Reader.MAINTAINER], found.templates[Reader.KEEPER]
    cells = [
        own if own == other else f"{own}. *Keepers*: {other}"
        for own, other in zip((fault, remedy), keeper, strict=True)
    ]
    return f"| `{code}` {found.title} | {found.outcome} | {' | '.join(cells)} |"
