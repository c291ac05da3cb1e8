"""The forms that nested data come in: each module reads the files of one form into records, whole and bounded.

A source names its form in its metadata (`form = "threesixty"`); without one its files are tables. A form has one
function, `read(files, source)`, that yields a `Sheet` a file.
"""
