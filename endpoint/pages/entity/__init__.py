"""The page about one IRI, whatever it is: routes, and the blocks that it is made of."""
