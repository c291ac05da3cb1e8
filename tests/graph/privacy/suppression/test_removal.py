"""What an entry takes out of small graphs and of single problems, statement by statement, and what it leaves."""

import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.identity.rules import Rules
from graph.model.problems import Problem
from graph.model.terms import CIV, RDFS, SCHEMA, SKOS, Iri, quoted
from graph.nquads.row_index import rows_file
from graph.privacy.suppression.keyed import Keyed
from graph.privacy.suppression.list import read_objections
from graph.privacy.suppression.matching import Texts
from graph.privacy.suppression.reach import reach
from graph.privacy.suppression.removal import Removing
from graph.privacy.suppression.stage import clear
from graph.progress import Silent
from graph.release.manifest import SourceEntry
from graph.sources.planned import PlannedSource
from graph.sources.source import Source
from graph.sources.source_graph import SourceGraph

ID = "http://localhost:8000/id"
GONE = "GB-SC-SC900001"

Statement = tuple[str, Iri, str]
"""The path of a thing under `id/`, a property, and a path or a quoted text."""


def _line(statement: Statement) -> str:
    subject, term, thing = statement
    value = thing if thing[0] in '"<' else f"<{ID}/{thing}>"
    return f"<{ID}/{subject}> {term} {value} <{ID}/source/x> .\n"


class Case:
    """A list of one entry, a graph, and what is left of it."""

    def __init__(self, folder: Path, kind: str, what: str, statements: Iterable[Statement] = ()) -> None:
        listed = folder / "objections.csv"
        listed.write_text(f"kind,what,reason,since\n{kind},{what},invented,2026-11-01\n", "utf-8")
        self.graph, self.objections = folder / "x.nq", read_objections(listed)
        self.graph.write_text("".join(sorted(map(_line, statements))), "utf-8")
        self.keyed = Keyed.of(folder, self.objections, {})

    def removing(self, keyed: Keyed | None = None) -> Removing:
        return Removing(reach([("x", self.graph)], self.objections, Rules(), keyed or self.keyed))

    def left(self, keyed: Keyed | None = None) -> set[str]:
        self.removing(keyed).rewrite(self.graph)
        return set(self.graph.read_text("utf-8").splitlines(keepends=True))


def test_a_number_goes_from_running_text_and_stays_as_a_number_of_something_else(tmp_path: Path) -> None:
    text = ("organisation/GB-COH-1", RDFS.comment, '"Our number is SC900001, of old."')
    number = ("registration/GB-COH-1", SKOS.notation, '"SC900001"')
    case = Case(tmp_path, "identifier", GONE, [text, number])
    cleared = ("organisation/GB-COH-1", RDFS.comment, '"Our number is [withheld], of old."')
    assert case.left() == {_line(cleared), _line(number)}


def test_an_address_elsewhere_that_holds_the_number_goes(tmp_path: Path) -> None:
    away = ("organisation/GB-COH-1", RDFS.seeAlso, "<http://example.org/charity/SC900001/about>")
    stays = ("organisation/GB-COH-1", RDFS.seeAlso, "<http://example.org/charity/SC900002/about>")
    assert Case(tmp_path, "identifier", GONE, [away, stays]).left() == {_line(stays)}


def test_what_belongs_to_two_things_stays_while_one_of_them_does(tmp_path: Path) -> None:
    offered = ("service/GONE", SCHEMA.provider, f"organisation/{GONE}")
    others = ("service/STAYS", SCHEMA.provider, "organisation/GB-SC-SC900002")
    both = [(f"service/{name}", SCHEMA.location, "address/shared") for name in ("GONE", "STAYS")]
    alone = ("service/GONE", SCHEMA.location, "address/alone")
    places = [(f"address/{name}", SKOS.prefLabel, '"A hall"') for name in ("shared", "alone")]
    case = Case(tmp_path, "identifier", GONE, [offered, others, *both, alone, *places])
    assert case.left() == {_line(others), _line(both[1]), _line(places[0])}


def test_postcodes_are_freed_by_what_is_taken_out_alone(tmp_path: Path) -> None:
    gone = (f"organisation/{GONE}", CIV.postcode, "postcode/ZE1-9ZZ")
    stays = ("organisation/GB-SC-SC900002", CIV.postcode, "postcode/KY11-2EY")
    removing = Case(tmp_path, "identifier", GONE, [gone, stays]).removing()
    removing.rewrite(tmp_path / "x.nq")
    assert removing.freed == {f"<{ID}/postcode/ZE1-9ZZ>".encode()}


def test_another_identifier_that_an_earlier_build_found_goes_as_well(tmp_path: Path) -> None:
    statement = ("organisation/GB-COH-SC999", SKOS.prefLabel, '"Strath Example Choir"')
    case = Case(tmp_path, "identifier", GONE, [statement])
    assert case.left() == {_line(statement)}
    (entry,) = case.keyed.entries.values()
    earlier = Keyed(case.keyed.key, {entry: [case.keyed.hash("organisation/gb-coh-sc999")]}, case.keyed.entries)
    assert case.left(earlier) == set()
    assert earlier.suppressed({}, carried=True) == {entry: [case.keyed.hash("organisation/gb-coh-sc999")]}
    assert earlier.suppressed({}, carried=False) == {entry: []}


def _problem(about: str, **stated: str) -> Problem:
    place = (stated.get("file", "x.csv"), 7, stated.get("column", "Name"), stated.get("value", ""))
    return Problem("x", *place, "cell-empty", about=Iri(f"<{ID}/{about}>"), reference=stated.get("reference", ""))


@pytest.mark.parametrize("field", ["file", "column", "value", "reference"])
def test_an_objected_text_goes_from_every_field_of_a_problem(field: str, tmp_path: Path) -> None:
    removing = Case(tmp_path, "value", "Zebedee Quillfeather").removing()
    (found,) = removing.problems([_problem("organisation/GB-COH-1", **{field: "of Zebedee Quillfeather (old)"})])
    assert getattr(found, field) == "of [withheld] (old)"


@pytest.mark.parametrize("column", ["Recipient Org:Name", "recipientOrganization/0/name", "RECIPIENT ORG:POSTAL CODE"])
def test_a_problem_in_a_column_about_a_recipient_that_is_taken_out_goes(column: str, tmp_path: Path) -> None:
    grant = ("grant/360G-x-1", CIV.recipient, f"organisation/{GONE}")
    removing = Case(tmp_path, "identifier", GONE, [grant]).removing()
    stays = _problem("grant/360G-x-1", column="Amount Awarded")
    other = _problem("grant/360G-x-2", column=column)
    assert removing.problems([_problem("grant/360G-x-1", column=column), stays, other]) == (stays, other)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anne Lee came", "[withheld] came"),
        ("Anne Leeds came", "Anne Leeds came"),
        ("JoAnne Lee came", "JoAnne Lee came"),
        ("JoAnne Lee met Anne", "JoAnne Lee met Anne"),
        ("Anne met Anne Leeds", "Anne met Anne Leeds"),
        ("Mary-Anne Lee came", "Mary-[withheld] came"),
        ("Anne Lee Example came", "[withheld] came"),
        ("ANNE LEE-EXAMPLE, Anne Lee", "[withheld], [withheld]"),
    ],
)
def test_texts_are_found_as_whole_words_and_the_longest_first(text: str, left: str) -> None:
    assert Texts({"Anne Lee": {2}, "Anne Lee Example": {3}}).taken_out(text) == left


def test_of_two_texts_the_longer_one_tells_its_row() -> None:
    texts = Texts({"Anne Lee": {2}, "Anne Lee Example": {3}})
    assert texts.rows_in("Anne Lee Example came") == {3}


@pytest.mark.parametrize(("what", "refused"), [("Lee", True), ("A. Lee", True), ("Anne", True), ("A. Leed", False)])
def test_a_value_has_five_letters_or_digits(what: str, refused: bool, tmp_path: Path) -> None:
    if refused:
        with pytest.raises(InputError, match="fewer than 5 letters"):
            Case(tmp_path, "value", what)
    else:
        assert Case(tmp_path, "value", what).objections.values == {what: {2}}


def test_the_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    Case(tmp_path, "value", "Zebedee Quillfeather")
    assert stat.S_IMODE((tmp_path / "objections.key").stat().st_mode) == 0o600


def test_a_text_is_written_with_the_quotes_of_its_statement(tmp_path: Path) -> None:
    before, after = (quoted(f'She said "{name}",\nand left.') for name in ("Anne Lee", "[withheld]"))
    case = Case(tmp_path, "value", "Anne Lee", [("organisation/GB-COH-1", RDFS.comment, before)])
    assert case.left() == {_line(("organisation/GB-COH-1", RDFS.comment, after))}


def test_the_index_of_rows_and_the_counts_forget_what_the_graph_lost(tmp_path: Path) -> None:
    stays = ("organisation/GB-SC-SC900002", SKOS.prefLabel, '"Strath Example Choir"')
    gone = (f"organisation/{GONE}", SKOS.prefLabel, '"Glen Example Choir"')
    case = Case(tmp_path, "identifier", GONE, [gone, stays])
    index = rows_file(case.graph)
    index.write_text(f"\tx.csv\n{ID}/{gone[0]}\t2\t0\n{ID}/{stays[0]}\t3\t0\n", "utf-8")
    entry = SourceEntry("x", "X", None, "", 2, 2, 2, 2, {}, 0, 0)
    problems = (_problem(gone[0]), _problem(stays[0]))
    part = SourceGraph(PlannedSource(Source.named("oscr")), entry, case.graph, problems)
    (cleared,) = clear([part], case.objections, Rules(), case.keyed, False, Silent()).parts
    assert index.read_text("utf-8") == f"\tx.csv\n{ID}/{stays[0]}\t3\t0\n"
    assert (cleared.entry.subjects, cleared.entry.statements, cleared.entry.problems) == (1, 1, 1)
    assert cleared.problems == problems[1:]
