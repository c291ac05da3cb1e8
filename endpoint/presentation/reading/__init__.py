"""How pages read a release: values by property, what is kept of them, how they are displayed. No words of our own."""
