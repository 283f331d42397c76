"""What is said, in French, of a request that failed for good."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from layers.fetching.failure import Exhausted, FetchFailed, Refused, Unreached
from layers.rounding import whole

_SHOWN = 200
_KEPT_AWAY = (403, 407, 511)
"""What a network answers in the place of the service that it keeps away."""
_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")
_REMEDIES = {
    400: "La question posée n’est plus comprise : le service a sans doute changé, signaler ce message",
    401: "Ce service demande une identification que les données ouvertes n’exigent pas : vérifier l’adresse",
    403: "L’accès est interdit depuis ce réseau : réessayer d’un autre, ou vérifier l’adresse du service",
    404: "Le jeu de données ou le service a changé d’adresse : vérifier le réglage --address",
    407: "Le serveur mandataire demande une identification : vérifier HTTPS_PROXY",
    511: "Ce réseau demande de s’identifier dans un navigateur avant d’ouvrir l’accès à Internet",
    410: "Cette ressource a été retirée : en vérifier la nouvelle adresse sur la page du service",
}


def refused(url: str, status: int, body: str) -> FetchFailed:
    """A client error: asking again would not help."""
    said = _message(body)
    told = f" : {said}" if said else ""
    remedy = _REMEDIES.get(status, "Vérifier l’adresse du service, puis relancer")
    kind = Unreached if status in _KEPT_AWAY else Refused
    return kind(f"le service {_host(url)} refuse la requête (erreur {status}){told}", remedy)


def exhausted(url: str, reason: str, attempts: int) -> Exhausted:
    """Every attempt failed."""
    return Exhausted(
        f"le service {_host(url)} n’a pas répondu comme il faut après {attempts} essais ({reason})",
        "Vérifier la connexion (HTTPS_PROXY si le réseau l’exige), puis relancer la même commande :"
        " seul ce qui manque sera demandé",
    )


def unreached(url: str, reason: str) -> Unreached:
    """No connection could be made, and none was before."""
    return Unreached(
        f"le service {_host(url)} ne peut être joint ({reason}) : ce poste n’a pas accès à Internet, ou son réseau"
        " l’interdit",
        "Vérifier la connexion (HTTPS_PROXY si le réseau l’exige), puis relancer la même commande",
    )


def later(url: str, seconds: float) -> FetchFailed:
    """The server asks for a wait longer than one is ready to make."""
    return FetchFailed(
        f"le service {_host(url)} demande d’attendre {whole(seconds / 60)} minutes",
        "Relancer la même commande ensuite : seul ce qui manque sera demandé",
    )


def certificate(url: str, error: Exception) -> Unreached:
    """No encrypted connection: most often a certificate that is not trusted."""
    return Unreached(
        f"la liaison chiffrée avec {_host(url)} n’a pu être établie ({_cause(error)})",
        "Vérifier l’adresse ; si le réseau a sa propre autorité de certification, la donner par REQUESTS_CA_BUNDLE",
    )


def address(url: str, error: Exception) -> FetchFailed:
    """The address itself cannot be used."""
    return FetchFailed(f"adresse inutilisable : {url[:_SHOWN]} ({type(error).__name__})", "Vérifier --address")


def unsafe(url: str, landed: str) -> FetchFailed:
    """An encrypted address leads to one that is not."""
    return FetchFailed(
        f"le service {_host(url)} renvoie vers une adresse non chiffrée ({_host(landed)})",
        "Ne pas suivre ce renvoi : vérifier l’adresse du service",
    )


def network(error: Exception) -> str:
    """Short reason of a network fault, without an address."""
    name = type(error).__name__
    if "Timeout" in name or "Timeout" in repr(error):
        return "délai dépassé"
    if "IncompleteRead" in repr(error):
        return "réponse coupée avant la fin"
    if "NameResolution" in repr(error) or "gaierror" in name:
        return "nom de serveur introuvable"
    if refusal := _TUNNEL.search(repr(error)):
        return f"le serveur mandataire (proxy) refuse la liaison : erreur {refusal[1]}"
    if "ConnectionRefused" in repr(error):
        return "connexion refusée"
    return "connexion coupée ou impossible"


def _cause(error: Exception) -> str:
    return "certificat non reconnu" if "CERTIFICATE_VERIFY_FAILED" in repr(error) else "le serveur n’est pas chiffré"


def _host(url: str) -> str:
    return urlsplit(url).netloc or url[:_SHOWN]


def _message(body: str) -> str:
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    text = next((said[key] for key in ("erreur", "message", "detail") if isinstance(said.get(key), str)), "")
    return " ".join(text.split())[:_SHOWN].rstrip(".")
