"""The command line (命令行): ``tiku COMMAND``. Each command is a module in ``kb/commands``; here they are only put together.

Exit status: 0 all well, 1 something failed (one sentence on standard error names it and the mend), 2 the words of the command are off.
"""

from __future__ import annotations

import errno
import importlib
import os
import sqlite3
import sys
from typing import Any

import click

from extract.model import UnreadableError

from .schema import BankError

# The module is imported when its command is used, so that `tiku extract` does not wait for a web server to load.
COMMANDS: dict[str, tuple[str, str]] = {
    "extract": ("extract_", "Read one page and print its questions as JSON."),
    "import": ("import_", "Read pages, folders and question sets into a knowledge base."),
    "search": ("search", "Find questions that hold a text."),
    "stats": ("stats", "Say what a knowledge base holds."),
    "export": ("export", "Write questions out, in many formats."),
    "duplicates": ("duplicates", "Group the copies of each question, and list them."),
    "review": ("review", "Decide what a person has to decide."),
    "repairs": ("repairs", "List what was mended and what is suggested, and take a repair back."),
    "explain": ("explain", "Tell what happened to a line of a page."),
    "proofread": ("proofread", "Look for more that may be mended, and only suggest it."),
    "serve": ("serve", "Show a knowledge base as a web site."),
}


# What an error of the system means for who typed the command, and the mend.
MENDS = {
    errno.ENOENT: "is not there; check the path",
    errno.EACCES: "may not be read or written; check its permissions",
    errno.EPERM: "may not be read or written; check its permissions",
    errno.EISDIR: "is a folder; give one file",
    errno.ENOSPC: "no space is left on the disk; make room and run the same command again",
    errno.EROFS: "is on a disk that cannot be written to; choose another folder",
}


class _Tiku(click.Group):
    """The commands of the table above, and one place where failures become one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kb.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, note) for name, (_, note) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (BankError, UnreadableError) as problem:
            raise click.ClickException(str(problem)) from problem
        except BrokenPipeError:
            # the reader of our output (head, less) has had enough; a second failure at exit must not be printed
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(1)
        except OSError as problem:
            said = MENDS.get(problem.errno or 0, problem.strerror or str(problem))
            raise click.ClickException(f"{problem.filename}: {said}" if problem.filename else said) from problem
        except sqlite3.OperationalError as problem:
            hint = "is another program writing to it?" if "locked" in str(problem) else "is there room on its disk?"
            raise click.ClickException(f"the knowledge base cannot be used now: {problem}; {hint}") from problem


@click.group(cls=_Tiku, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tiku", prog_name="tiku")
def main() -> None:
    """tiku 题库: noisy Chinese exam documents in, clean and searchable question banks out."""
    for stream in (sys.stdout, sys.stderr):
        # what a page holds is Chinese, whatever the terminal's locale says
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
