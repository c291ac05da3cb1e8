"""The services of a release as Open Referral UK (HSDS-UK 3.0): the way back from the terms to the fields.

All services are published, whichever directory or register tells of them, each as its own source tells of it.
"""

from graph.publish.oruk.catalogue import Catalogue, Entry
from graph.publish.oruk.objects import Json, Objects

__all__ = ["Catalogue", "Entry", "Json", "Objects"]
