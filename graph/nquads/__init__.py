"""Graphs as files of sorted lines, which they are until they are stored."""
