"""Rows and records as mappings see them: typed cells, each a value, nothing, or a recorded problem. No files."""
