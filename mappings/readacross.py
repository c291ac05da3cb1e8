"""Which purposes, beneficiaries and activities of the two registers' code lists come near each other.

The list pairs classes of England and Wales with wordings of Scotland, many to many.
"""

import re
from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import SKOS

CLASS = re.compile(r"[123]\d\d")
SCHEMES = {"1": "ccew-what", "2": "ccew-who", "3": "ccew-how"}
LISTS = {"purposes": "oscr-purpose", "beneficiaries": "oscr-beneficiary", "activities": "oscr-activity"}
# Classes that say the same in both lists. The others share a part with what they are paired with.
SAME = frozenset({"102", "105", "108", "110", "111", "201", "202", "203", "204", "205", "206", "301", "302"})


def nodes(row: Row) -> Iterator[Node]:
    """A match between two entries, which other sources describe."""
    number, group = row.need("ccew-classno", CLASS), row.need("oscr-group")
    if group not in LISTS:
        row.problem("oscr-group", "register-list-unknown", lists=", ".join(LISTS))
        return
    if match := row.choice("oscr-label", LISTS[group]):
        entry = Node(iri.concept(SCHEMES[number[0]], number))
        entry.add(SKOS.closeMatch if number in SAME else SKOS.relatedMatch, match)
        yield entry
