"""How well each organisation is attested: what sources say of it is read, graded, and stated. See docs/groups.md."""
