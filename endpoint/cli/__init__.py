"""The `civsoc` command: subcommands, and what they show on a terminal. The work itself is done in `graph`."""
