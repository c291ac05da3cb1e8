"""Readers of the real files that know nothing of the mappings, for answers to questions."""
