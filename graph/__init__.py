"""What turns source files into a release.

words: terms, nodes, rows. pipeline: read, map, validate, build. release: what is served, and how it is kept.
"""
