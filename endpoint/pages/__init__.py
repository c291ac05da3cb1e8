"""What a person sees: routes, and what each page holds. How values, names and blocks read is in presentation."""
