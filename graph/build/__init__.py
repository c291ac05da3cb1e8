"""From source files to a release: read, map, validate, build."""
