"""What must hold of the data, as SHACL (one Turtle file a class) and SPARQL; read through `graph.model.vocabulary`."""
