"""The example queries: each has a title, is read by the form, and gives rows on the bundled sample."""

import pytest

from endpoint.pages.query.examples import Example, examples
from tests.support.endpoint.serving import Server


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_each_example_query_gives_rows(site: Server, example: Example) -> None:
    graph = "CONSTRUCT" in example.query
    answer = site.ask(example.query, "application/n-triples" if graph else "text/csv")
    assert answer.status_code == 200, answer.text
    assert len(answer.text.splitlines()) > 1


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_each_example_query_is_shown_with_its_answer(site: Server, example: Example) -> None:
    answer = site.client.get(example.href, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert f"<title>{example.title} · civsoc</title>" in answer.text
    assert 'id="answer"' in answer.text


def test_there_are_enough_examples_and_their_titles_differ() -> None:
    titles = [example.title for example in examples()]
    assert len(titles) >= 8
    assert len(set(titles)) == len(titles)
