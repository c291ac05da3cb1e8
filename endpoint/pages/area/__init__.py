"""What the data cubes and the sources give about areas: all councils at once, and the blocks about one area."""
