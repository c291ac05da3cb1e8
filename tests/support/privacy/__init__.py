"""The search for personal data in what is published; imports nothing of what takes them out."""
