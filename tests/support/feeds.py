"""Feeds in pages, served by a real server of this machine, and what fetching them leaves."""

from collections.abc import Mapping

from tests.support.paths import fixture_folder

ALISS = fixture_folder("aliss")
Query = Mapping[str, str]
