"""Statements that are carried out all the time with other values: Django writes their SQL once."""

from smartspec.lib.prepared.given import Given
from smartspec.lib.prepared.questions import Prepared
from smartspec.lib.prepared.writes import Change, adding, carry_out, insert

__all__ = ["Change", "Given", "Prepared", "adding", "carry_out", "insert"]
