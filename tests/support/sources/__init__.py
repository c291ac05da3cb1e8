"""Files of sources: real ones read both ways, invented ones, and ones made to do harm."""
