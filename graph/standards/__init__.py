"""Published data standards, as far as both reading and writing them need to know: which field is which term."""
