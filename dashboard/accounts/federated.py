"""Signing in by a service of identity: OpenID Connect, authorization code with PKCE, state and nonce, by Authlib.

Source: OpenID Connect Core 1.0, section 3.1; RFC 7636.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import session
from joserfc.errors import JoseError
from requests import RequestException

from dashboard.administration import access
from dashboard.i18n import FRENCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from dashboard.settings import Settings

SECONDS: Final = 5
"""What the service of identity has for an answer."""
COOKIE: Final = "ess_connexion"
PATH: Final = "/connexion"
LANGUAGE: Final = "lang"
_NAME: Final = "identity"
_DISCOVERY: Final = "/.well-known/openid-configuration"


class Unreachable(Exception):  # noqa: N818  (says what happened)
    """The service of identity does not answer, or not as one."""


class Refused(Exception):  # noqa: N818  (says what happened)
    """The service did not sign the person in, or what it says does not stand up to a check."""


class NoRole(Exception):  # noqa: N818  (says what happened)
    """The service signed the person in, but gives them no role here."""


class Identity:
    """The service of identity of the settings."""

    def __init__(self, server: Flask, settings: Settings) -> None:
        self._settings = settings
        server.secret_key = hashlib.sha256(b"identity" + access.key(settings.data_dir)).digest()
        server.config |= {
            "SESSION_COOKIE_NAME": COOKIE, "SESSION_COOKIE_PATH": PATH, "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",  # the person comes back from another site
        }  # fmt: skip
        client = OAuth(server).register(
            _NAME,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret.get_secret_value() or None,
            server_metadata_url=settings.oidc_issuer.rstrip("/") + _DISCOVERY,
            client_kwargs={
                "scope": "openid profile email", "code_challenge_method": "S256", "default_timeout": SECONDS,
                **({} if settings.oidc_client_secret.get_secret_value() else {"token_endpoint_auth_method": "none"}),
            },
        )  # fmt: skip
        self._client: Any = client

    def leave_for(self, back: str, lang: str) -> Any:
        """The answer that sends to the service; ``back`` is where it sends back. Raises `Unreachable`."""
        session.clear()  # one attempt at a time
        session[LANGUAGE] = lang
        try:
            return self._client.authorize_redirect(back, ui_locales=lang)
        except (RequestException, OAuthError, RuntimeError, ValueError) as error:
            raise Unreachable(str(error)) from error

    def language(self) -> str:
        """The language of the page that was left for the service."""
        return str(session.get(LANGUAGE, FRENCH))

    def back(self) -> tuple[str, str, str]:
        """Subject, name and role of who comes back from the service.

        Raises
        ------
        Unreachable, Refused, NoRole
        """
        wanted = {
            "iss": {"essential": True, "value": self._settings.oidc_issuer},
            "aud": {"essential": True, "value": self._settings.oidc_client_id},
        }
        try:
            found = self._client.authorize_access_token(claims_options=wanted)
            claims = dict(found.get("userinfo") or {})
            if not claims:
                raise Refused("no id_token")
            if _values(claims, self._settings.oidc_claim) is None:
                claims = self._more(found, claims)
        except RequestException as error:
            raise Unreachable(str(error)) from error
        except (OAuthError, JoseError, ValueError, KeyError, TypeError) as error:
            raise Refused(str(error)) from error
        finally:
            session.clear()
        role = role_of(_values(claims, self._settings.oidc_claim) or (), self._settings.oidc_roles)
        if role is None:
            raise NoRole(str(claims["sub"]))
        return str(claims["sub"]), _name(claims), role

    def _more(self, token: Any, claims: dict[str, Any]) -> dict[str, Any]:
        """The claims with those that the service tells apart, of the same person."""
        if not self._client.load_server_metadata().get("userinfo_endpoint"):
            return claims
        told = self._client.userinfo(token=token)
        return {**told, **claims} if told.get("sub") == claims["sub"] else claims


def role_of(values: tuple[str, ...], roles: Mapping[str, str]) -> str | None:
    """The first role of the settings that a person has a value for; None where there is none.

    >>> role_of(("b", "a"), {"a": "administrator", "b": "agent"})
    'administrator'
    """
    return next((role for value, role in roles.items() if value in values), None)


def _values(claims: Mapping[str, Any], path: str) -> tuple[str, ...] | None:
    """The values of a claim, whose name may itself have points; None where there is no such claim.

    >>> _values({"realm_access": {"roles": ["a"]}}, "realm_access.roles")
    ('a',)
    """
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, dict) else None
    if found is None:
        return None
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),)


def _name(claims: Mapping[str, Any]) -> str:
    """What the journal is to call the person."""
    return str(claims.get("preferred_username") or claims.get("email") or claims.get("name") or "")
