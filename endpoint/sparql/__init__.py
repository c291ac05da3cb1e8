"""The SPARQL 1.1 protocol: a query is checked, run in a worker, and its answer sent in the format asked for."""
