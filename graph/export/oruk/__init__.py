"""The services of a release as Open Referral UK (HSDS-UK 3.0): from the terms back to the fields.

All services are published, whichever directory or register has them, each as in its own source.
"""

from graph.export.oruk.catalogue import Catalogue, Entry, Wanted
from graph.export.oruk.fields import Object

__all__ = ["Catalogue", "Entry", "Object", "Wanted"]
