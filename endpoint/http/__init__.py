"""What HTTP asks of every part: statuses of errors, negotiation, headers, bodies, limits on slow clients. No routes."""
