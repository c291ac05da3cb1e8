"""Questions to the real release, and their answers worked out of the raw files: nothing here knows of the mappings."""
