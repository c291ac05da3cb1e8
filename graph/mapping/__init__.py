"""Running the mappings of sources over their files: rows in, sorted statements and problems out."""
