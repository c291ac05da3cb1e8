"""SHACL validation in parts: input, shapes, engines, samples, report. `graph.validation.run` puts them together."""
