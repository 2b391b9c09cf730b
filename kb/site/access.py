"""Who may do what on the site (访问): everybody reads, under a time limit; whoever holds the token of ``--review`` decides."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from datasette.utils import sqlite_timelimit
from sqlite_utils import Database

Value = TypeVar("Value")
LIMIT_MS = 3000  # for a page that reads a whole document; a single statement of Datasette has its own, shorter one
COOKIE = "tiku_review"
LOCAL = ("127.0.0.1", "localhost", "[::1]")


async def reading(datasette: Any, work: Callable[[Database], Value], limit_ms: int = LIMIT_MS) -> Value:
    """Run ``work`` on a read-only connection, in a thread of Datasette's, under a time limit."""

    def limited(conn: Any) -> Value:
        with sqlite_timelimit(conn, limit_ms):
            return work(Database(conn, recursive_triggers=False, execute_plugins=False))

    value: Value = await datasette.get_database("kb").execute_fn(limited)
    return value


def token_fits(datasette: Any, given: str | None) -> bool:
    """Whether this is the token that the server printed at its start; never where it was started without ``--review``."""
    site = getattr(datasette, "tiku", None)
    return bool(site and site.token and given and hmac.compare_digest(given.encode(), site.token.encode()))


def allowed(datasette: Any, request: Any) -> bool:
    """Whether this browser may decide: it holds the token, and it asks for this machine by name.

    The name is checked because a page elsewhere can have its own name point to this machine, and would then count as this site.
    """
    if request is None or not token_fits(datasette, request.cookies.get(COOKIE)):
        return False
    return urlsplit(f"//{request.headers.get('host', '')}").netloc.rsplit(":", 1)[0] in LOCAL


def form_token(datasette: Any) -> str:
    """The word that every form of this site carries; made from the token, so that a page elsewhere cannot know it.

    Our own beside Datasette's: that of 0.65 is a token, 1.0 has none and looks at headers that only browsers send.
    """
    site = getattr(datasette, "tiku", None)
    return hmac.new(site.token.encode(), b"form", hashlib.sha256).hexdigest() if site and site.token else ""


def from_here(request: Any) -> bool:
    """Whether the page that sent a form says that it is of this site, where it says anything."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
