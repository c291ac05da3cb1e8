"""What a person sees, over HTTP: routes and templates. What is said on a page is found out in `endpoint.presentation`."""
