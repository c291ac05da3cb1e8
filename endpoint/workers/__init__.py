"""Processes that run queries and can be killed: for time, for memory, or because the client left."""
