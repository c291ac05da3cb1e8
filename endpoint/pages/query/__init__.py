"""The page with a query in a form, its example queries, and its answers as a table."""
