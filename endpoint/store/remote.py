"""The adapter for a SPARQL endpoint elsewhere (https://www.w3.org/TR/sparql11-protocol/)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from endpoint.service.errors import ServiceFault
from endpoint.store.port import Rows, rows_of

__all__ = ["RemoteGraph"]

HEADERS = {"Accept": "application/sparql-results+json", "Content-Type": "application/sparql-query"}


class RemoteGraph:
    """An endpoint by its address; `client` keeps the connections to it."""

    def __init__(self, client: httpx.Client, url: str) -> None:
        self._client, self._url = client, url

    def select(self, queries: Sequence[str]) -> Sequence[Rows]:
        """The rows of each query, sent together; ServiceFault where the endpoint gives none."""
        if not queries:
            return []
        with ThreadPoolExecutor(len(queries)) as threads:
            return list(threads.map(self._one, queries))

    def _one(self, query: str) -> Rows:
        try:
            answer = self._client.post(self._url, content=query.encode(), headers=HEADERS).raise_for_status()
            found = parse_query_results(answer.content, QueryResultsFormat.JSON)
        except (httpx.HTTPError, SyntaxError, ValueError) as error:
            raise ServiceFault(self._url, f"the graph does not answer ({error})", "try again later") from error
        assert isinstance(found, QuerySolutions), "the query is a SELECT"
        return rows_of(found)
