"""What links to a thing: counted on its page, listed on `/links`."""
