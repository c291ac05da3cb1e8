"""Look-ups in rounds: the same answers as one by one, in far fewer queries."""

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad, Store

from endpoint.store.local import LocalGraph
from endpoint.store.port import Fact, Rows
from endpoint.store.queries import bundle, with_prefixes
from endpoint.store.reader import Reader

NAME, KNOWS = "http://example.org/name", "http://example.org/knows"


class Counted(LocalGraph):
    """A store that notes what it is asked, call by call."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.calls: list[Sequence[str]] = []

    def select(self, queries: Sequence[str]) -> Sequence[Rows]:
        self.calls.append(queries)
        return super().select(queries)


def person(number: int) -> str:
    return f"http://example.org/person/{number}"


def chain(length: int) -> Counted:
    """Persons each of whom knows the next, in one source and in the merge."""
    store = Store()
    for number in range(length):
        it, graph = NamedNode(person(number)), NamedNode("http://example.org/source")
        for place in ([], [graph]):
            store.add(Quad(it, NamedNode(NAME), Literal(f"Person {number}"), *place))
            store.add(Quad(it, NamedNode(KNOWS), NamedNode(person(number + 1)), *place))
    return Counted(store)


def name(reader: Reader, iri: str) -> str:
    return "".join(str(value.value) for value in reader.about(iri).get(NAME, ()) if isinstance(value, Literal))


def names(reader: Reader, count: int) -> list[str]:
    """Names of persons and of those who know them."""
    people = [person(number) for number in range(count)]
    friends = [friend for it in people for friend in reader.subjects(KNOWS, it)]
    return [name(reader, it) for it in (*people, *friends)]


def test_rounds_come_to_what_single_look_ups_come_to() -> None:
    graph = chain(30)
    singly, together = Reader(graph), Reader(graph)
    expected = names(singly, 30)
    assert expected[:2] == ["Person 0", "Person 1"] and len(expected) == 59
    assert len(graph.calls) == 60
    graph.calls.clear()
    assert together.in_rounds(lambda: names(together, 30)) == expected
    assert [len(queries) for queries in graph.calls] == [1]


def test_what_depends_on_an_answer_takes_another_round() -> None:
    graph = chain(5)
    reader = Reader(graph)

    def third() -> str:
        it = person(0)
        for _ in range(2):
            it = next(
                (str(value.value) for value in reader.about(it).get(KNOWS, ()) if isinstance(value, NamedNode)), ""
            )
            if not it:
                return ""
        return name(reader, it)

    assert reader.in_rounds(third) == "Person 2"
    assert len(graph.calls) == 3


def test_a_round_within_a_round_is_part_of_it() -> None:
    graph = chain(3)
    reader = Reader(graph)
    both = reader.in_rounds(lambda: [reader.in_rounds(lambda: name(reader, person(1))), name(reader, person(2))])
    assert both == ["Person 1", "Person 2"]
    assert len(graph.calls) == 1


def test_statements_of_sources_bear_their_graph_and_those_of_the_merge_come_once() -> None:
    reader = Reader(chain(1))
    source = "http://example.org/source"
    stated = reader.stated(person(0))
    assert Fact(person(0), NAME, Literal("Person 0"), source) in stated
    assert len(stated) == 2
    assert list(reader.about(person(0))[NAME]) == [Literal("Person 0")]


def test_several_queries_are_sent_as_one_and_their_rows_told_apart() -> None:
    graph = chain(4)
    reader = Reader(graph)
    ordered = f"SELECT ?it {{ ?it <{NAME}> ?name }} ORDER BY DESC(?name) LIMIT 2"
    counted = f"SELECT (COUNT(*) AS ?count) {{ ?it <{KNOWS}> ?other }}"
    nothing = "SELECT ?it { ?it a <http://example.org/None> }"
    rows = reader.in_rounds(lambda: [reader.rows(query) for query in (ordered, counted, nothing)])
    assert [row["it"] for row in rows[0]] == [NamedNode(person(3)), NamedNode(person(2))]
    assert [str(row["count"].value) for row in rows[1] if isinstance(row["count"], Literal)] == ["4"]
    assert not rows[2]
    assert len(graph.calls) == 1 and len(graph.calls[0]) == 1


def test_prefixes_of_bundled_queries_are_declared_once_and_first() -> None:
    one, two = with_prefixes("# one\nSELECT ?a { ?a a civ:Charity }"), with_prefixes("SELECT ?b { ?b a skos:Concept }")
    text = bundle([one, two, one])
    assert text.startswith("PREFIX civ: <https://w3id.org/civsoc/ns#>\nPREFIX skos:")
    assert text.count("PREFIX") == 2
    Store().query(text)


def test_very_many_look_ups_go_in_queries_of_a_size_that_endpoints_take() -> None:
    graph = chain(2_500)
    reader = Reader(graph)
    found = reader.in_rounds(lambda: [name(reader, person(number)) for number in range(2_500)])
    assert found[2_499] == "Person 2499"
    assert len(graph.calls) == 1 and max(map(len, graph.calls[0])) < 200_000
