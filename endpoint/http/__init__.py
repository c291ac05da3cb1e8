"""What HTTP asks of every part: errors and their statuses, negotiation, headers, limits on slow clients, health."""
