"""Reading a table as it was published, whatever its format, within bounds."""
