"""Links at the edges of the rules: the threshold, the cap, the ranks and the turns, with the figures written out."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.identity.clusters import Weighed, weigh
from graph.identity.links import read_ties
from graph.identity.rules import Rules, identifier, rank, read_rejected
from graph.model import iri
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.terms import CIV, ORG, OWL, Iri


def org(name: str) -> Iri:
    parts = name.split("-", 2)
    return iri.organisation(f"{parts[0]}-{parts[1]}", parts[2])


def link(first: str, second: str, confidence: str = "0.95", kind: str = "company-number") -> Node:
    return same_body(org(first), org(second), kind, confidence, "the number that the register states")


def event(before: str, after: str) -> Node:
    node = Node(iri.event(org(before), "merger", org(after)), ORG.ChangeEvent)
    node.add(ORG.originalOrganization, org(before))
    node.add(ORG.resultingOrganization, org(after))
    return node


def succession(before: str, after: str) -> Node:
    """A link that says of two bodies that one followed the other."""
    node = Node(iri.link(org(before), "succeeded-by", org(after)), CIV.Link)
    node.add(OWL.annotatedSource, org(before))
    node.add(OWL.annotatedProperty, CIV.succeededBy)
    node.add(OWL.annotatedTarget, org(after))
    return node


def weighed(folder: Path, rules: Rules | None = None, **graphs: Sequence[Node]) -> Weighed:
    """What comes of the links in graphs, by the names of their sources."""
    for name, nodes in graphs.items():
        lines = {line for node in nodes for line in node.quads(iri.source(name)).splitlines(keepends=True)}
        (folder / f"{name}.nq").write_text("".join(sorted(lines)), "utf-8")
    return weigh(read_ties([(name, folder / f"{name}.nq") for name in graphs]), rules or Rules())


def bodies(found: Weighed) -> list[tuple[str, ...]]:
    return [tuple(map(identifier, cluster)) for cluster in found.clusters]


def refusals(found: Weighed) -> list[tuple[str, str]]:
    return [(refused.link.shown, refused.rule) for refused in found.refused]


SC, COH, CHC, NIC = "GB-SC-SC900001", "GB-COH-99000001", "GB-CHC-9900001", "GB-NIC-990001"


@pytest.mark.parametrize(("confidence", "merged"), [("0.89", False), ("0.9", True), ("0.91", True), ("0.85", False)])
def test_a_link_that_is_nine_tenths_sure_is_acted_on_and_a_less_sure_one_is_not(
    confidence: str, merged: bool, tmp_path: Path
) -> None:
    found = weighed(tmp_path, one=[link(SC, COH, confidence)])
    assert bodies(found) == ([(SC, COH)] if merged else [])
    assert refusals(found) == ([] if merged else [(f"{SC} = {COH}", "link-unsure")])


@pytest.mark.parametrize(("many", "rule"), [(8, ""), (9, "link-of-too-many")])
def test_eight_identifiers_may_be_one_body_and_nine_are_a_mistake(many: int, rule: str, tmp_path: Path) -> None:
    lists = ("GB-SC", "GB-COH", "GB-CHC", "GB-NIC", "GB-MPR", "GB-EDU", "GB-REV", "GB-LAE", "GB-PLA")
    names = [f"{code}-{name}" for code, name in zip(lists[:many], "ABCDEFGHI", strict=False)]
    found = weighed(tmp_path, one=[link(*pair) for pair in pairwise(names)])
    assert [len(body) for body in bodies(found)] == ([] if rule else [8])
    assert {refused for _, refused in refusals(found)} == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (CHC, SC),
        (SC, NIC),
        (NIC, "GB-MPR-1234"),
        ("GB-MPR-1234", COH),
        (COH, "GB-LAE-XYZ"),
        ("GB-SHPE-1", "GB-EDU-123456"),
        ("GB-EDU-123456", "GB-COH-CE990001"),
        ("GB-COH-CE990001", "DIR-GLEN-1"),
        ("DIR-GLEN-1", "360G-glen-1"),
        (CHC, "GB-CHC-9900002"),
        ("GB-CHC-990001", CHC),
    ],
)
def test_identifiers_stand_for_a_body_in_the_order_of_their_registers_and_the_older_number_first(
    first: str, second: str
) -> None:
    assert sorted([org(second).value, org(first).value], key=rank) == [org(first).value, org(second).value]


@pytest.mark.parametrize("kind", ["directory-number", "number-in-grant"])
def test_what_a_register_says_outweighs_what_a_directory_or_a_funder_says(kind: str, tmp_path: Path) -> None:
    """All three together would have two entries of one register, and the register's own word comes first."""
    other = "GB-SC-SC900002"
    found = weighed(tmp_path, a=[link(COH, other, kind=kind)], b=[link(SC, COH)])
    assert bodies(found) == [(SC, COH)]
    assert refusals(found) == [(f"{COH} = {other}", "link-of-one-register")]


def test_of_two_entries_of_one_register_neither_is_the_other(tmp_path: Path) -> None:
    found = weighed(tmp_path, one=[link(SC, COH), link(COH, "GB-SC-SC900002")])
    assert bodies(found) == []
    assert {rule for _, rule in refusals(found)} == {"link-of-one-register"}


@pytest.mark.parametrize("tie", [event, succession])
@pytest.mark.parametrize("turned", [False, True])
def test_a_body_and_its_successor_are_two_whoever_says_so(
    tie: Callable[[str, str], Node], turned: bool, tmp_path: Path
) -> None:
    ends = (COH, SC) if turned else (SC, COH)
    found = weighed(tmp_path, one=[link(SC, COH)], two=[tie(*ends)])
    assert bodies(found) == []
    assert refusals(found) == [(f"{SC} = {COH}", "link-contradicted")]


def test_a_successor_is_not_reached_through_a_third_identifier(tmp_path: Path) -> None:
    found = weighed(tmp_path, one=[link(SC, COH), link(COH, CHC)], two=[event(SC, CHC)])
    assert bodies(found) == []
    assert {rule for _, rule in refusals(found)} == {"link-of-successors"}


def test_only_the_kinds_that_a_build_file_names_are_acted_on_and_all_if_it_names_none(tmp_path: Path) -> None:
    links = [link(SC, COH), link(SC, CHC, kind="charity-number")]
    assert bodies(weighed(tmp_path, one=links)) == [(CHC, SC, COH)]
    found = weighed(tmp_path, Rules(kinds=("company-number",)), one=links)
    assert bodies(found) == [(SC, COH)]
    assert [rule for _, rule in refusals(found)] == ["link-kind-unused"]


@pytest.mark.parametrize("row", [f"{SC},{SC},the same", f"{SC},{COH},", f"{SC},{COH}", f",{COH},why"])
def test_a_row_of_rejected_pairs_has_two_identifiers_and_a_reason(row: str, tmp_path: Path) -> None:
    listed = tmp_path / "rejected.csv"
    listed.write_text(f"org_id_a,org_id_b,reason\n{row}\n", "utf-8")
    with pytest.raises(InputError, match="does not hold two identifiers and a reason"):
        read_rejected(listed)
