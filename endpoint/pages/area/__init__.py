"""What the data cubes say of areas: all councils at once, blocks about one area, and a cube as a table."""
