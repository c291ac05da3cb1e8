"""Processes that can be killed, for queries and uploaded lists: for time, memory, or a client that left. No HTTP."""
