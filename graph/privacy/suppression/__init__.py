"""What people have objected to: identifiers and values that no release may hold. See docs/objections.md."""
