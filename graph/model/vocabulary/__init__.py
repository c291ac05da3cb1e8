"""The vocabulary as code uses it: its files, code lists, rules of problems, measures. What it says is in `ontology`."""
