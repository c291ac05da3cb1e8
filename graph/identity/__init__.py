"""Which identifiers belong to one organisation: links are read, weighed and acted on. See docs/identity.md."""
