"""SHACL validation in parts: input, shapes, engines, samples, report. `graph.pipeline.validate` puts them together."""
