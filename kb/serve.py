"""The knowledge base as a web site (浏览): Datasette with our folder, started so that its settings cannot be lost.

``datasette serve`` drops settings.json as soon as one ``--setting`` stands on its command line, and arbitrary SQL is on again.
So the site is built here, and refuses to start when the settings that make it safe are not as they should be.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import socket
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database as Served
from uvicorn.protocols.http.h11_impl import H11Protocol

from .schema import BankError, open_bank
from .words import load_dictionary

FOLDER = Path(__file__).resolve().parent.parent / "datasette_config"
NAME = "kb"  # the name of the database in every address, whatever the file is called
OFF = ("default_allow_sql", "allow_download")  # a site that is published must have these off


@dataclass(frozen=True, slots=True)
class Site:
    """What the plugin must know and Datasette does not: the file, and the token of a person who may decide (None: reading only)."""

    bank: Path
    token: str | None = None


def settings(folder: Path = FOLDER) -> dict[str, Any]:
    """The settings of the site. BankError if they would let visitors run SQL or take the file away."""
    path = folder / "settings.json"
    try:
        chosen: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise BankError(f"{path} cannot be read ({problem}): install tiku anew, or mend the file") from problem
    for name in OFF:
        if chosen.get(name) is not False:
            raise BankError(f"{path} must set {name} to false, or every visitor could read the whole bank by SQL: mend the file")
    return chosen


def build(bank: Path, *, review: bool = False, folder: Path = FOLDER) -> Datasette:
    """The site of a bank, not yet started. ``review`` adds the buttons that decide, for whoever holds the token."""
    chosen = settings(folder)
    open_bank(bank).close()
    # not at the top: imported before the rest of Datasette, this module would not be registered as one of its plugins
    from datasette import handle_exception

    handle_exception.rich = None  # else every address that does not exist costs a third of a second of coloured traceback
    ds = Datasette([], config_dir=folder, settings=chosen, memory=False)
    for name in OFF:
        if ds.setting(name) is not False:
            raise BankError(f"Datasette did not take {name} from {folder / 'settings.json'}: check its version (0.65 or later)")
    for name in [n for n in ds.databases if not n.startswith("_")] + ["_memory"]:
        if name in ds.databases:
            ds.remove_database(name)
    ds.add_database(Served(ds, str(bank), is_mutable=True), name=NAME)
    ds.tiku = Site(bank, secrets.token_urlsafe(24) if review else None)
    return ds


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the port (0: any free one). BankError if that is not possible."""
    # the protocol must be named: only then does asyncio switch off Nagle's delay, which costs 40 ms an answer
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)  # who reads the printed address may connect at once and waits until the site is up
    except (OSError, OverflowError) as problem:
        listening.close()
        raise BankError(f"port {port} on {host} cannot be used ({problem}): choose another one with --port") from problem
    return listening


class Typed(H11Protocol):
    """HTTP that also takes an address as it is typed (中文网址): ``curl '...?_search=供应链'`` sends Chinese that nobody has encoded."""

    def data_received(self, data: bytes) -> None:
        line, end, rest = data.partition(b"\r\n")
        if line.startswith((b"GET ", b"HEAD ")) and not line.isascii():
            line = re.sub(rb"[\x80-\xff]", lambda m: b"%%%02X" % m[0][0], line)
        super().data_received(line + end + rest)


def run(ds: Datasette, listening: socket.socket) -> None:
    """Serve until interrupted."""
    # the word dictionary takes half a second; nobody should wait for it, neither the start nor the first looser search
    threading.Thread(target=load_dictionary, daemon=True).start()

    async def main() -> None:
        await ds.invoke_startup()
        config = uvicorn.Config(ds.app(), http=Typed, log_level="warning", lifespan="on", server_header=False)
        await uvicorn.Server(config).serve(sockets=[listening])

    asyncio.run(main())
