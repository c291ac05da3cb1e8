"""Pages over a SPARQL endpoint: the same bytes as over the release in process."""

from pathlib import Path

import httpx
import pytest

from endpoint.service.errors import ServiceFault
from endpoint.store.local import LocalGraph
from endpoint.store.remote import RemoteGraph
from tests.support.endpoint.rendered import PAGES, rendered
from tests.support.endpoint.serving import Server
from tests.support.ports import closed_port


def test_every_kind_of_page_is_the_same_over_a_remote_store(site: Server, sample_out: Path) -> None:
    here = rendered(sample_out, PAGES.values(), lambda served: LocalGraph(served.store))
    there = rendered(sample_out, PAGES.values(), lambda _: RemoteGraph(site.client, "/sparql"))
    assert [kind for kind, one, other in zip(PAGES, here, there, strict=True) if one != other] == []


def test_an_endpoint_that_refuses_or_is_not_there_is_a_fault_of_the_service(site: Server) -> None:
    with pytest.raises(ServiceFault, match="400"):
        RemoteGraph(site.client, "/sparql").select(["SELECT * {"])
    with closed_port() as port, httpx.Client() as client, pytest.raises(ServiceFault, match="does not answer"):
        RemoteGraph(client, f"http://127.0.0.1:{port}/sparql").select(["SELECT * { ?s ?p ?o } LIMIT 1"])


def test_nothing_is_sent_for_no_query(site: Server) -> None:
    assert RemoteGraph(site.client, "/nowhere").select([]) == []
