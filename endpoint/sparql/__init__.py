"""The SPARQL 1.1 protocol for clients: a query is checked, run in a worker, answered in the format asked for."""
