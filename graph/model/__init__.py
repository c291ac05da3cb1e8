"""What statements are made of: IRIs, terms, nodes, rows and the problems found in them. No files, no processes."""
