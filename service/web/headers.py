"""Headers on every answer: nothing from elsewhere, nothing kept, nothing framed elsewhere."""

import secrets

from flask import Flask, Response, g, request

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EDITOR = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""The editors place shapes with style attributes, bring pictures and frame our own previews."""


def editor_nonce() -> str:
    """Lets this answer hold an editor; style elements that it makes carry this number."""
    if "editor_nonce" not in g:
        g.editor_nonce = secrets.token_urlsafe(16)
    return str(g.editor_nonce)


def framed_here() -> None:
    """Lets our own pages show this answer in a frame."""
    g.framed = True


def register_headers(app: Flask) -> None:
    """Adds the security headers to an app."""

    @app.after_request
    def secure(response: Response) -> Response:
        nonce = g.get("editor_nonce")
        policy = EDITOR.format(nonce=nonce) if nonce else STRICT
        if g.get("framed"):
            policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=63072000"
        return response
