"""Small releases, real servers over them, and pages taken apart."""
