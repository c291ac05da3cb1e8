"""What is worked out from a release is kept while it is served, and never while something stands in for an answer."""

import gc
import weakref
from pathlib import Path

from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from tests.support.endpoint.served import BASE
from tests.support.endpoint.site import view_of

IRI = f"{BASE}id/organisation/GB-XX-1"
CHOIR = {"oscr": "<id/organisation/GB-XX-1> a civ:Organisation ; skos:prefLabel 'Amber Choir' ."}

runs: list[str] = []


class Cheer(str):
    """A text that one can tell the end of."""

    __slots__ = ("__weakref__",)


@kept
def cheer(view: View, iri: str, mark: str = "!") -> Cheer:
    runs.append(iri)
    return Cheer(view.name(iri) + mark)


def test_a_result_is_made_once_for_each_release_and_arguments(tmp_path: Path) -> None:
    runs.clear()
    view = view_of(tmp_path / "one", CHOIR)
    again, other = View(view.served), view_of(tmp_path / "two", CHOIR)
    assert [cheer(view, IRI), cheer(again, IRI), cheer(view, IRI, "?")] == [
        "Amber Choir!",
        "Amber Choir!",
        "Amber Choir?",
    ]
    assert len(runs) == 2
    assert cheer(other, IRI) == "Amber Choir!"
    assert len(runs) == 3


def test_a_result_for_which_something_stood_in_is_not_kept(tmp_path: Path) -> None:
    runs.clear()
    view = view_of(tmp_path, CHOIR)
    assert view.in_rounds(lambda: cheer(view, IRI)) == "Amber Choir!"
    assert len(runs) == 2
    assert cheer(View(view.served), IRI) == "Amber Choir!"
    assert len(runs) == 2


def test_what_was_kept_goes_with_its_release(tmp_path: Path) -> None:
    view = view_of(tmp_path, CHOIR)
    held = weakref.ref(cheer(view, IRI))
    gc.collect()
    assert held() is not None
    del view
    gc.collect()
    assert held() is None
