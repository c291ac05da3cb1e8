"""What helps people who write a mapping: a start for a new source, and a search through the vocabulary.

Nothing here is part of a build.
"""
