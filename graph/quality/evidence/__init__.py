"""How sure we are of each organisation: the facts of the sources are read, graded, and stated. See docs/groups.md."""
