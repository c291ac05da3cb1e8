"""How things of the graph read: names, titles, values, the model of a page and its templates. No routes or blocks."""
