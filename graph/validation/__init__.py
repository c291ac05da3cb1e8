"""SHACL validation: files as one graph, shapes, two engines, the cross-check of one by the other, reports.

`run` puts the steps in order, for builds and for `civsoc validate`. Shapes themselves are in the folder `shapes`;
values are checked cell by cell in `graph.mapping`, before there is a graph.
"""
