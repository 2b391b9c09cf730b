"""One question known across documents (重复题): groups of copies, what they teach each other, and what is in another set already."""

from .copies import Group, groups, listing, unsettled
from .lessons import Copy
from .refresh import Updated, update
from .tables import ready

__all__ = ["Copy", "Group", "Updated", "groups", "listing", "ready", "unsettled", "update"]
