"""Views that stand for each page in the tests that walk all of them: validity, accessibility, languages."""

from __future__ import annotations

VIEWS: dict[str, tuple[str, ...]] = {
    "accueil": ("/", "/?perimeter=85", "/?couleur=bleu"),
    "carte": (
        "/carte",
        "/carte?indicator=actors&level=commune&territory=3",
        "/carte?indicator=actors&sector=commerce&family=association",
        "/carte?commune=59350",
        "/carte?indicator=location_quotient",
        "/carte?mode=projection",
        "/carte?indicator=grants_amount&compare=2020&index=2020",
        "/carte?couleur=bleu&year=1789",
        "/carte?method=manual&breaks=1_2_3",
        "/carte?with=ess_job_share&level=commune",
    ),
    "acteurs": (
        "/acteurs",
        "/acteurs?territory=3,8&family=association&sort=-size&page=2",
        "/acteurs?sector=construction&family=mutuelle&commune=59025",
        "/acteurs?q=iris&ess=to_review&perimeter=85",
        "/acteurs?couleur=bleu&territory=9",
        "/acteurs/demonstration:demo-002104",
        "/acteurs/demonstration:absente",
    ),
    "portrait": (
        "/territoire/3",
        "/territoire/mel",
        "/territoire/59512?perimeter=85",
        "/territoire/8?couleur=bleu",
    ),
    "comparer": (
        "/comparer",
        "/comparer?areas=3,59512&indicator=actors&free=1",
        "/comparer?areas=3,x",
        "/comparer?areas=3,8&mode=projection",
    ),
    "financements": (
        "/financements",
        "/financements?stage=asked&need=jobs&sector=commerce&year=2021",
        "/financements?scenario=floor&floor=40000&budget=800000&growth=5&years=3",
        "/financements?scenario=keep&budget=500000&perimeter=85",
        "/financements?couleur=bleu&stage=donne&budget=beaucoup",
    ),
    "subventions": ("/financements/subventions?territory=3&sort=name", "/financements/subventions?couleur=bleu&page=9"),
    "origine": (
        "/origine?indicator=grants_per_inhabitant&area=3",
        "/origine?indicator=location_quotient&area=8",
        "/origine?couleur=bleu&area=59999&indicator=poverty_rate",
    ),
    "suivi": ("/suivi", "/suivi?until=2021&territory=3", "/suivi?couleur=bleu&until=1789"),
    "atelier": ("/atelier",),
    "diagnostic": ("/diagnostic/mel", "/diagnostic/3", "/diagnostic/59512?couleur=bleu"),
    "contester": ("/contester", "/contester?place=59512&indicator=actors&sector=commerce"),
    "contestations": ("/contestations", "/contestations?territory=3"),
    "confidentialite": ("/confidentialite",),
    "methode": ("/methode",),
    "recherche": ("/recherche?q=roub", "/recherche?q=zzz"),
}
"""Addresses by key of the registry of pages, and of the page of what a search finds."""


def addresses() -> list[str]:
    """All of them, in every language."""
    return [f"{address}{'&' if '?' in address else '?'}lang={lang}" for views in VIEWS.values() for address in views
            for lang in ("fr", "en")]  # fmt: skip
