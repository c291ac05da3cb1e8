"""Statistics worked out from the merged graph when a release is built: counted here, published as data cubes.

`stage` puts it together; `organisations` reads them and `places` where they are; each kind of cube has a module;
`disclosure_control` says which of their cells are withheld.
"""
