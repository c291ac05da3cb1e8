"""What every request needs: settings and the release that is served. No HTTP."""
