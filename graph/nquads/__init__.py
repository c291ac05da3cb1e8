"""Graphs as files of sorted N-Quads, which they are until they are stored: written, read, merged, and their rows."""
