"""The cross-check of the fast engine by the reference, and graphs validated in parts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import ValidationFailed
from graph.model.vocabulary.files import shapes_text
from graph.nquads.merged_graph import MergedGraph
from graph.validation.inputs import merged
from graph.validation.recheck import cross_check
from graph.validation.results.report import Report
from graph.validation.results.result import in_order
from graph.validation.run import validate_shapes
from graph.validation.scope import Reach, neighbourhood, reach
from graph.validation.shapes import Shapes
from tests.support.bench.shacl_speed import measure_both
from tests.support.shacl_examples import FAULTS, PREFIXES, SHAPES, all_faults, report_on, turtle


def test_the_cross_check_agrees_on_all_faults_at_once(tmp_path: Path) -> None:
    report = report_on([all_faults(tmp_path)])
    assert len(report.results) > len(FAULTS)
    assert "pyshacl agrees on" in report.checked


def dropped(report: Report) -> Report:
    return replace(report, results=report.results[1:])


def invented(report: Report) -> Report:
    return replace(
        report, results=in_order((*report.results, replace(report.results[0], focus="<http://example.org/c1>")))
    )


def moved_to_another_shape(report: Report) -> Report:
    return replace(report, results=(replace(report.results[0], shape="<http://example.org/x>"), *report.results[1:]))


def with_another_value(report: Report) -> Report:
    return replace(report, results=(replace(report.results[0], value='"else"'), *report.results[1:]))


@pytest.mark.parametrize("tamper", [dropped, invented, moved_to_another_shape, with_another_value])
def test_a_disagreement_of_the_engines_fails_and_names_the_node(
    tamper: Callable[[Report], Report], tmp_path: Path
) -> None:
    shapes = Shapes.parse(SHAPES)
    with merged([all_faults(tmp_path)]) as graph:
        report = validate_shapes(graph, shapes)
        cross_check(report, graph, shapes)
        false = tamper(report)
        [node, *_] = {result.focus for result in set(report.results) ^ set(false.results)}
        with pytest.raises(ValidationFailed, match="engines disagree") as raised:
            cross_check(false, graph, shapes)
    assert node.strip("<>") in str(raised.value)


def test_a_cross_check_takes_a_seeded_sample_of_each_class(tmp_path: Path) -> None:
    text = "".join(f':c{n} a :Charity ; :name "A" . :r{n} :yearEnd "2020" . ' for n in range(500))
    shapes = Shapes.parse(SHAPES)
    with merged([turtle(tmp_path, f'{text} :p a :Place . :c1 :office :p . :p :label "P" .')]) as graph:
        report = validate_shapes(graph, shapes)
        assert cross_check(report, graph, shapes).others == 201
        assert cross_check(report, graph, shapes, sample_size=0).others == 11


def test_a_cross_check_of_many_reported_nodes_says_that_it_takes_some(tmp_path: Path) -> None:
    shapes = Shapes.parse(SHAPES)
    with merged([turtle(tmp_path, "".join(f":c{n} a :Charity . " for n in range(40)))]) as graph:
        agreement = cross_check(validate_shapes(graph, shapes), graph, shapes, reported_at_most=30)
    assert (agreement.reported, agreement.results) == (30, 30)
    assert "30 (sampled from 40) reported nodes" in agreement.summary


def test_a_nested_shape_is_cross_checked_with_what_it_looks_at(tmp_path: Path) -> None:
    shapes = f"""{PREFIXES} :S a sh:NodeShape ; sh:targetClass :Charity ;
        sh:property [ sh:path :office ; sh:node [ sh:property [ sh:path ( :street :town ) ; sh:minCount 1 ] ] ] ."""
    text = ":a a :Charity ; :office :o . :o :street :s . :s :town :t . :b a :Charity ; :office :p ."
    report = report_on([turtle(tmp_path, text)], shapes)
    assert [(r.focus, r.value) for r in report.results] == [("<http://example.org/b>", "<http://example.org/p>")]


def test_shapes_that_look_endlessly_far_are_checked_on_a_small_graph_whole(tmp_path: Path) -> None:
    shapes = f"""{PREFIXES} :S a sh:NodeShape ; sh:targetClass :C ;
        sh:property [ sh:path [ sh:oneOrMorePath :p ] ; sh:maxCount 1 ] ."""
    assert reach(Shapes.parse(shapes)).hops is None
    report = report_on([turtle(tmp_path, ":a a :C ; :p :b . :b :p :c .")], shapes)
    assert [r.path for r in report.results] == ["(<http://example.org/p>)+"]


def test_the_reach_of_shapes_is_their_longest_way() -> None:
    assert reach(Shapes.parse(SHAPES)) == Reach(
        1, frozenset({"<http://example.org/owns>", "<http://example.org/office>"})
    )


def test_a_graph_in_shards_gives_the_same_results_as_whole(tmp_path: Path) -> None:
    shapes = Shapes.parse(SHAPES)
    with merged([all_faults(tmp_path)]) as graph:
        assert validate_shapes(graph, shapes, shard=20).results == validate_shapes(graph, shapes).results


def test_of_a_sorted_graph_the_same_is_seen_as_of_any_other(tmp_path: Path) -> None:
    text = "".join(f":c{n} a :Charity ; :office :p{n} . :p{n} a :Place ; :label {n} . " for n in range(500))
    with merged([turtle(tmp_path, text)]) as graph:
        lines = sorted(line for line, *_ in graph.lines())
        (tmp_path / "sorted.nt").write_text("".join(lines), "utf-8")
        in_order = MergedGraph(tmp_path / "sorted.nt", graph.triples, in_order=True)
        for focus in ({"<http://example.org/c7>"}, {f"<http://example.org/c{n}>" for n in range(400)}):
            seen = [sorted(neighbourhood(each, focus, Reach(1, frozenset()))) for each in (graph, in_order)]
            assert seen[0] == seen[1]
            assert len(seen[0]) >= 3 * len(focus)


def test_the_benchmark_runs_and_the_engines_agree_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_both([], Shapes.parse(shapes_text()), 2_000) == 0
    assert "results equal" in capsys.readouterr().out
