"""From source files to a release, and from a release back into others' forms. Nothing is served from here."""
