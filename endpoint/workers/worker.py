"""A query worker: one process, one read-only store, one query at a time, until it is killed.

Runs as `python -m endpoint.workers.worker`, reads jobs from standard input and answers on standard output. It parses,
evaluates and serialises, because each of the three can take all time and memory, and only a process can be stopped.
"""

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import endpoint.workers.sandbox as sandbox
from endpoint.workers.frames import HEADER, Job, Kind, frame, header

# In this order: an imported engine may start threads, and the kernel separates only a process without any.
NETWORK_CUT = sandbox.cut_network() if __name__ == "__main__" else False

import pyoxigraph as ox  # noqa: E402

from endpoint.http import negotiation  # noqa: E402
from endpoint.workers.sink import ResultTooLarge, Sink  # noqa: E402
from endpoint.workers.xml import NoXmlName, XmlSink, with_xml_names  # noqa: E402
from graph.model.terms import PREFIXES  # noqa: E402

__all__ = ["Limits", "answer"]

RESULTS = {form.name: ox.QueryResultsFormat.from_extension(form.name) for form in negotiation.RESULTS}
GRAPHS = {form.name: ox.RdfFormat.from_extension(form.name) for form in negotiation.GRAPHS}
WITHOUT_PREFIXES = {"nt", "nq"}
IN_XML = {"xml", "rdf"}


@dataclass(frozen=True)
class Limits:
    """Bytes that a query may add to the process, and bytes of its answer."""

    memory: int
    result: int


def _evaluate(store: ox.Store, job: Job) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if job.default_graphs is None and job.named_graphs is None:
        return store.query(job.query, base_iri=job.base)
    # The protocol's dataset replaces the query's: a graph not named in it is not there.
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(g) for g in job.default_graphs or ()]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(g) for g in job.named_graphs or ()]
    return store.query(job.query, base_iri=job.base, default_graph=default, named_graphs=named)


def _write(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str, sink: Sink) -> bytes:
    if isinstance(results, ox.QueryTriples):
        if form not in GRAPHS:
            return frame(Kind.WRONG_FORM, b"a graph")
        prefixes = None if form in WITHOUT_PREFIXES else PREFIXES
        triples = with_xml_names(results) if form in IN_XML else results
        ox.serialize(triples, sink, GRAPHS[form], prefixes=prefixes)
    elif form in RESULTS:
        results.serialize(sink, RESULTS[form])
    else:
        return frame(Kind.WRONG_FORM, b"a table or a yes or no")
    return sink.reply()


def answer(store: ox.Store, job: Job, spool: Path, limits: Limits) -> bytes:
    """The frame that answers `job`: its result, or which limit or rule it broke."""
    sandbox.grant_memory(limits.memory)
    try:
        sink = XmlSink if job.format in IN_XML else Sink
        return _write(_evaluate(store, job), job.format, sink(spool, limits.result))
    except NoXmlName as error:
        return frame(Kind.WRONG_FORM, f"a graph with <{error}>, of which RDF/XML can make no name".encode())
    except ResultTooLarge:
        return frame(Kind.RESULT)
    except MemoryError:
        return frame(Kind.MEMORY)
    except (SyntaxError, ValueError, RuntimeError, RecursionError) as error:
        # The engine reports an unknown function as RuntimeError.
        return frame(Kind.BAD_QUERY, str(error).encode())
    except OSError as error:
        return frame(Kind.FAULT, str(error).encode())


def serve(store: ox.Store, spool: Path, limits: Limits, jobs: IO[bytes], replies: IO[bytes]) -> None:
    """Answers jobs until there are no more to come."""
    # The first query loads what later ones need, so that no client waits for that.
    answer(store, Job("SELECT * { ?s ?p ?o } LIMIT 1", "json"), spool, limits)
    reply = frame(Kind.READY, b"none" if NETWORK_CUT else b"guarded")
    while True:
        replies.write(reply)
        replies.flush()
        start = jobs.read(HEADER.size)
        if len(start) < HEADER.size:
            return
        _, length = header(start)
        # From here on, the end of this process is the query's doing.
        replies.write(frame(Kind.BEGUN))
        replies.flush()
        reply = answer(store, Job.from_bytes(jobs.read(length)), spool, limits)


def main(store: str, spool: str, memory: str, result: str, parent: str) -> None:
    sandbox.die_with_parent(int(parent))
    # Ctrl-C goes to every process of the terminal; the web process decides when a worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(5)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write into the pipe
    limits = Limits(int(memory), int(result))
    serve(ox.Store.read_only(store), Path(spool), limits, sys.stdin.buffer, replies)


if __name__ == "__main__":
    main(*sys.argv[1:])
