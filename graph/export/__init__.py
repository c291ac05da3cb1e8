"""The way out: what a release holds, written again in the standards that others read. Nothing is computed here."""
