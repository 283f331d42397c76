"""Headers that every answer carries: nothing is loaded from, or sent to, another host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Flask, Response


def policy(images: str = "") -> str:
    """The content policy; ``images`` is the one other origin that images may come from, where the settings name it."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {images}".strip(),
            "font-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        )
    )


POLICY = policy()
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register(server: Flask, images: str = "") -> None:
    """Add the headers to every answer; a page or a file that may change is asked for again."""

    headers = HEADERS | {"Content-Security-Policy": policy(images)}

    @server.after_request
    def protect(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/_dash-component-suites/") and response.status_code == 200:  # noqa: PLR2004
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif response.mimetype == "text/html" or "Content-Disposition" in response.headers:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response
