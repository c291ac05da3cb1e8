"""Builds on fictitious registers, in processes of their own that can be held or killed."""
