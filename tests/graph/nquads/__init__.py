"""Tests of `graph.nquads`: statements, reading, rewriting, and the index of rows."""
