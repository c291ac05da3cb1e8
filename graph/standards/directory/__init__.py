"""The minimum data set of directories, from its description for the Web: tables, columns, what a cell may contain.

`csv-metadata.json` (W3C, CSV on the Web) is the one place that describes the columns in words: templates, checks and
pages read it here. The mapping names the columns too; a test compares the two.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

from graph.model.iri import last_segment

__all__ = ["EXPLANATION", "LISTS", "Column", "Description", "Table", "description", "folded", "metadata"]

EXPLANATION, LISTS = "How to fill it in", "Lists"
"""Sheets of the template that hold no table."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Datatype(_Part):
    base: str
    format: str = ""


class _Link(_Part):
    to: str = Field(alias="@id")


class Column(_Part):
    """A column: what it is called, what it means, what its cells may hold."""

    name: str
    titles: list[str]
    explanation: str = Field(alias="dc:description")
    datatype: str | _Datatype
    required: bool = False
    separator: str = ""
    lists: list[_Link] = Field([], alias="rdfs:seeAlso")
    example: str = Field("", alias="skos:example")
    term: str = Field("", alias="propertyUrl")
    unpublished: bool = Field(False, alias="suppressOutput")

    @property
    def title(self) -> str:
        """What the template calls it."""
        return self.titles[0]

    @property
    def kind(self) -> str:
        """The datatype of its cells, or of their items."""
        return self.datatype if isinstance(self.datatype, str) else self.datatype.base

    @property
    def words(self) -> list[str]:
        """The only words that it may hold, if they are so few that its format lists them."""
        form = "" if isinstance(self.datatype, str) else self.datatype.format
        return form.split("|") if self.kind == "boolean" or form.replace("|", "").isalpha() else []

    @property
    def code_list(self) -> str:
        """The code list that has most of its words; '' if there is none, or its format lists them."""
        return last_segment(self.lists[0].to) if self.lists and not self.words else ""


class _Schema(_Part):
    columns: list[Column]


class Table(_Part):
    """A table of the data set."""

    url: str
    title: str = Field(alias="dc:title")
    explanation: str = Field(alias="dc:description")
    held: _Schema = Field(alias="tableSchema")

    @property
    def name(self) -> str:
        """Its name in `mappings/directory.toml`."""
        return self.url.removesuffix(".csv")

    @property
    def columns(self) -> list[Column]:
        """Its columns, in their order."""
        return self.held.columns

    def column(self, name: str) -> Column | None:
        """A column by its name."""
        return next((column for column in self.columns if column.name == name), None)


class Description(_Part):
    """All tables."""

    title: str = Field(alias="dc:title")
    listed: list[Table] = Field(alias="tables")

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables by name."""
        return {table.name: table for table in self.listed}


def metadata() -> bytes:
    """The description as it is published."""
    return (files("graph") / "standards" / "directory" / "csv-metadata.json").read_bytes()


@cache
def description() -> Description:
    """The description, read."""
    return Description.model_validate(json.loads(metadata()))


def folded(title: str) -> str:
    """The name that a title stands for: capitals, blanks and hyphens do not matter.

    >>> folded(" Last checked"), folded("charity-number")
    ('last_checked', 'charity_number')
    """
    return "_".join(title.casefold().replace("-", " ").replace("_", " ").split())
