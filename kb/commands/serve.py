"""``tiku serve KB.db``: the web site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .common import BANK

LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command()
@BANK
@click.option("--port", "-p", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes any free one.")
@click.option("--host", "-h", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 shows the site to the network.")
@click.option("--review", is_flag=True, help="Add the buttons that decide; on this machine only, behind a token.")
def command(bank: Path, port: int, host: str, review: bool) -> None:
    """Show a knowledge base as a web site: read-only and safe to publish as it is."""
    if review and host not in LOCAL:
        raise click.UsageError(f"--review is for this machine only: leave out --host {host}")
    from ..serve import build, listen, run

    ds = build(bank, review=review)
    listening = listen(host, port)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}/"
    click.echo(f"{bank} is served at {address} (Ctrl-C stops)")
    if review:
        click.echo(f"decide at {address}review?token={ds.tiku.token}")
    # a pipe would keep these lines until the server ends
    sys.stdout.flush()
    try:
        run(ds, listening)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
