"""What published text means: pure functions from a cell to a value. No rows, no nodes."""
