"""Pages on the quality of the data: problems by source and kind, and the fix list of each source."""
