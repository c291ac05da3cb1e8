"""The services of a release as Open Referral UK (HSDS-UK 3.0): the way back from the terms to the fields.

All services are published, whichever directory or register tells of them, each as its own source tells of it.
"""

from graph.export.oruk.catalogue import Catalogue, Entry, Wanted
from graph.export.oruk.fields import Object

__all__ = ["Catalogue", "Entry", "Object", "Wanted"]
