"""Findings, a kind a module: what shows only when entries are compared with others, registers and postcodes."""
