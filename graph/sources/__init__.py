"""The description of a source without its rows: metadata, files of a build, its graph. Nothing is read here."""
