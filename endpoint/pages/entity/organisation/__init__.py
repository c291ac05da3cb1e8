"""The blocks that only the page of an organisation has."""
