"""Statements that are carried out all the time with other values: Django writes their SQL once."""

from smartspec.lib.prepared.given import Given
from smartspec.lib.prepared.questions import Prepared
from smartspec.lib.prepared.writes import Change, insert

__all__ = ["Change", "Given", "Prepared", "insert"]
