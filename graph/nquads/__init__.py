"""Graphs as sorted files of N-Quads, which they are until they are stored: the only code that takes a line apart.

Reading statements in streams (`reading`) or by property (`sorted_graph`, `merged_graph`), rewriting a file in place
(`rewriting`), sorting and merging files (`lines`, `merge`), and the index of rows beside a mapped file (`row_index`).
What statements mean, and which of them a stage wants, is for the stages to know.
"""
