"""Extractions -> SQLite -> search -> exports. Imports only the public face of ``extract``."""

from .schema import BankError, open_bank
from .search import search
from .store import iterate, read, save

__all__ = ["BankError", "iterate", "open_bank", "read", "save", "search"]
