"""What must hold of the data, as SHACL (a Turtle file a class) and SPARQL; `graph.model.vocabulary.files` reads it."""
