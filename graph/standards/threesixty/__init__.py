"""The 360Giving Data Standard: its schemas, and which field of it is which term of the graph."""
