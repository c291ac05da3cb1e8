"""Getting what a source is made of from its publisher: one file, the pages of an interface, the files of a registry."""

from graph.acquisition.fetching.file import Fetched, fetch
from graph.acquisition.fetching.sources import Had, fetch_source

__all__ = ["Fetched", "Had", "fetch", "fetch_source"]
