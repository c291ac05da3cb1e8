"""What is used of pytest-xdist, which has types but does not say so."""
