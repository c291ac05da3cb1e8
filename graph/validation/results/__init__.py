"""What a validation found: one result, the rows that it came from, reports of many. Nothing is validated here."""
