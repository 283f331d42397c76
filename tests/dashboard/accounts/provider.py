"""A service of identity on this machine: OpenID Connect Core 1.0, authorization code with PKCE, tokens signed RS256.

It signs in whoever ``person`` is without a question, and says what ``lies`` make it say instead of the truth.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "ess-fictif", "un secret fictif"
KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})


@dataclass
class Provider:
    """What it knows, and what it was asked."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "1", "preferred_username": "Élodie Fictive"})
    lies: dict[str, Any] = field(default_factory=dict)
    """Claims of the id_token that are not those they should be; ``None``: the claim is missing."""
    apart: dict[str, Any] = field(default_factory=dict)
    """Claims that the userinfo endpoint alone tells."""
    key: RSAKey = field(default_factory=lambda: KEY)
    signing: RSAKey | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    is_down: bool = False

    def token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce} | self.person
        told = {name: value for name, value in (claims | self.lies).items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "1"}, told, self.signing or self.key)


def application(provider: Provider) -> Flask:
    server = Flask("provider")

    @server.before_request
    def down() -> Any:
        return ("", 500) if provider.is_down else None

    @server.get("/.well-known/openid-configuration")
    def discovery() -> Any:
        base = provider.issuer
        return jsonify(
            issuer=base, authorization_endpoint=f"{base}/authorize", token_endpoint=f"{base}/token",
            jwks_uri=f"{base}/keys", userinfo_endpoint=f"{base}/userinfo", response_types_supported=["code"],
            subject_types_supported=["public"], id_token_signing_alg_values_supported=["RS256"],
            code_challenge_methods_supported=["S256"],
        )  # fmt: skip

    @server.get("/keys")
    def keys() -> Any:
        return jsonify(keys=[provider.key.as_dict(private=False)])

    @server.get("/authorize")
    def authorize() -> Any:
        asked = dict(request.args)
        provider.asked.append(asked)
        if asked.get("client_id") != CLIENT or asked.get("response_type") != "code":
            abort(400)
        code = secrets.token_urlsafe(16)
        provider.codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    @server.post("/token")
    def token() -> Any:
        given, who = dict(request.form), request.authorization
        asked = provider.codes.pop(given.get("code", ""), None)  # a code is for once
        proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if who is None or (who.username, who.password) != (CLIENT, SECRET):
            return jsonify(error="invalid_client"), 401
        if asked is None or challenge != asked["code_challenge"] or given["redirect_uri"] != asked["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        signed = provider.token(asked["nonce"])
        return jsonify({"access_token": "acces", "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    @server.get("/userinfo")
    def userinfo() -> Any:
        if request.headers.get("Authorization") != "Bearer acces":
            abort(401)
        return jsonify(provider.person | provider.apart)

    return server


@contextmanager
def serving() -> Iterator[Provider]:
    provider = Provider()
    server = make_server("127.0.0.1", 0, application(provider), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
