"""What is known of a source apart from its rows: metadata, files of a build, its graph. Nothing is read here."""
