"""A page as data: blocks, lines, values, footnotes. No HTTP and no templates."""
