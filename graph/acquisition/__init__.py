"""Files of publishers, and how they are read: fetching, tables, nested forms. What a row means is the mapping's."""
