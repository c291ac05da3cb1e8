"""The names of things and properties on pages: labels, numbers, or names made from what is known about them."""
