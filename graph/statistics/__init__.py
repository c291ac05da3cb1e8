"""Statistics worked out from the merged graph when a release is built: counted here, published as data cubes.

`stage.py` puts it together; `roll.py` reads the organisations and `places.py` where they are; each kind of cube has a
module; `suppression.py` says which of their cells are withheld.
"""
