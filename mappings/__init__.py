"""One `<source>.py` and one `<source>.toml` each: what a row of that source says. Nothing else lives here."""
