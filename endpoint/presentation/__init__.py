"""What the graph says about one IRI, in words: no HTTP and no templates here."""
