"""Commands for people who write mappings: a start for a new source, and a search through the vocabulary."""

from pathlib import Path
from typing import Annotated

import typer

from endpoint.cli.terminal import console

__all__ = ["new", "terms"]

MOST_TERMS = 20
"""Terms that are printed; a word with more of them is too general."""


def new(
    source: Annotated[str, typer.Argument(help="Its name: small letters, digits, underscores.")],
    file: Annotated[Path, typer.Argument(help="A file of it, as published: a table with a header.")],
) -> None:
    """Begin a source: write its mapping, metadata, fixture and golden files from the header and cells of a file.

    The types of columns are guessed, personal columns are left out, and no row of the file is copied. What is there
    already is never overwritten.
    """
    from graph.authoring.scaffold import new_source

    for path in new_source(source, file):
        console().print(f"{path}: written")
    console().print(f"Now choose the terms in mappings/{source}.py, fill in mappings/{source}.toml, and bless again.")


def terms(word: Annotated[list[str], typer.Argument(help="A word, or several words in a row.")]) -> None:
    """Find terms of the vocabulary: classes, properties, code lists and entries; exit code 1 if none fits."""
    from graph.authoring.vocabulary_search import find_terms

    found = find_terms(" ".join(word))
    for term in found[:MOST_TERMS]:
        typer.echo(str(term))
    if len(found) > MOST_TERMS:
        typer.echo(f"… and {len(found) - MOST_TERMS:,} more; add a word to find fewer")
