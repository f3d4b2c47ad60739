"""Keeps an eye on a browser: what pages complain of, and whom they ask."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Request


class Watch:
    """What a page did besides being read: messages on the console and requests to other hosts."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.complaints: list[str] = []

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:")):
            self.complaints.append(f"request to {request.url}")

    def attach(self, context: BrowserContext) -> None:
        context.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("request", self.request)
