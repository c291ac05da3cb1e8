"""What every part needs: settings, the served release, the installed code, errors. No HTTP, no processes."""
