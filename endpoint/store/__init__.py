"""How pages look things up in a graph: the port, its two adapters, look-ups in rounds. No words, and no protocol."""
