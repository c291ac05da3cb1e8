"""Where people and programs meet the graph: the `civsoc` command, SPARQL, entity pages and search over HTTP."""
