"""The civil-society vocabulary as Turtle files; read through `graph.model.vocabulary.files`."""
