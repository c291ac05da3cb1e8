"""What a person sees, over HTTP: routes, templates, and the blocks of a page. Words and names are `presentation`'s."""
