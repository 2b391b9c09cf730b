"""What keeps a published site safe (防护): headers, a cap on the length of addresses, and no file paths in any answer."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

MAX_ADDRESS = 4000  # bytes of path and query; a search of 200 Chinese characters takes 1,800

HEADERS = {
    "content-security-policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
                               "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
# Pages of Datasette about itself that name files, threads or plugins of the machine.
PRIVATE = ("/-/databases", "/-/threads", "/-/plugins", "/-/config", "/-/metadata", "/-/logs", "/-/allow-debug", "/-/permissions",
           "/_internal")

PAGE = (  # asked for before there is a template
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>题库</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/static/site.css"></head>'
    '<body class="ours"><main><h1>{}</h1><p><a class="button" href="/">回到首页</a></p></main></body></html>'
)

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def guarded(app: App, datasette: Any) -> App:
    """The application with the guards around it."""

    async def call(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = scope["path"]

        async def send_guarded(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = [(k, v) for k, v in message.get("headers", []) if k.decode().lower() not in HEADERS]
                message = {**message, "headers": [*given, *((k.encode(), v.encode()) for k, v in HEADERS.items())]}
            await send(message)

        if len(scope.get("raw_path") or path.encode()) + len(scope.get("query_string", b"")) > MAX_ADDRESS:
            await _answer(send_guarded, 414, "地址太长：请缩短检索的文字。")
        elif path.startswith(PRIVATE):
            await _answer(send_guarded, 404, "没有这个页面。")
        elif path == "/kb.json":
            await app(scope, receive, _without_path(send_guarded))
        else:
            await app(scope, receive, send_guarded)

    return call


async def _answer(send: Any, status: int, text: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/html; charset=utf-8")]})
    await send({"type": "http.response.body", "body": PAGE.format(text).encode()})


def _without_path(send: Any) -> Any:
    """Take the file's path out of Datasette's description of the database."""
    start: dict[str, Any] = {}
    body = bytearray()

    async def collect(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        clean = bytes(body)
        try:
            value = json.loads(clean)
        except ValueError:
            pass
        else:
            if isinstance(value, dict):
                value.pop("path", None)
            clean = json.dumps(value, ensure_ascii=False).encode()
        headers = [(k, v) for k, v in start.get("headers", []) if k.lower() != b"content-length"]
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": clean})

    return collect
