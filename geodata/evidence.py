"""Evidence by codes and names: INSEE code, SIRET address, post code, commune name."""

from __future__ import annotations

from collections.abc import Mapping

from geodata import names
from geodata.attachment import Finding, Way
from geodata.gazetteer import HOME_DEPARTMENT, Gazetteer, Place
from geodata.typography import NO_BREAK, quoted

GIVE_CODE = "Indiquez le code Insee de la commune (cinq caractères)."
GIVE_POSTCODE = "Ajoutez le code postal ou le code Insee de la commune."


def by_insee(gazetteer: Gazetteer, insee: str, way: Way = "insee") -> Finding:
    """The present commune of a code: Lille for Lomme, Villeneuve-d’Ascq for a code given up in 1970."""
    commune = gazetteer.commune_of(insee)
    if commune:
        return Finding(way, (commune,))
    remedy = GIVE_CODE
    if gazetteer.delivered_by(insee):
        remedy = (
            f"{quoted(insee)} est un code postal{NO_BREAK}: mettez-le dans la colonne des codes postaux. {GIVE_CODE}"
        )
    return Finding(way, problem=f"Le code Insee {quoted(insee)} n’existe pas.", remedy=remedy)


def postcode_as_insee(gazetteer: Gazetteer, insee: str, postcode: str | None, name: str | None) -> Finding | None:
    """A post code typed as INSEE code: 59650 is Wattrelos by the INSEE, Villeneuve-d’Ascq by the post.

    None unless the rest of the address is that of the post code; then both readings, for the address to tell.
    """
    commune = gazetteer.commune_of(insee)
    meant: tuple[str, ...] = ()
    if name:
        meant = by_postcode_and_name(gazetteer, insee, name).places
    elif insee == postcode:
        meant = by_postcode(gazetteer, insee).places
    if commune is None or not meant or commune in meant:
        return None
    return Finding("insee", (commune, *meant), problem=f"{quoted(insee)} semble un code postal mis pour un code Insee.")


def by_siret(gazetteer: Gazetteer, siret: str, establishments: Mapping[str, str]) -> Finding:
    """The commune of the establishment's registered address, where it is known."""
    commune = establishments.get(siret)
    if commune is None:
        problem = "L’adresse de ce SIRET n’est pas connue."
        return Finding("siret", problem=problem, remedy=GIVE_POSTCODE, quiet=True)
    return by_insee(gazetteer, commune, "siret")


def by_siren(gazetteer: Gazetteer, siren: str, units: Mapping[str, str]) -> Finding | None:
    """The only commune of the metropole where the unit is known to have an establishment; None where there is none."""
    commune = units.get(siren)
    return by_insee(gazetteer, commune, "siren") if commune else None


def by_postcode_and_name(gazetteer: Gazetteer, postcode: str, name: str) -> Finding:
    """The communes of the post code that bear the name, or else the only one whose name is close to it."""
    delivered = gazetteer.delivered_by(postcode)
    named = gazetteer.named(name)
    both = [place for place in delivered if place in named]
    if both:
        return Finding("postcode+name", _communes(both))
    close = [] if named else [place for place in delivered if names.close(place.name, name)]
    if len(_communes(close)) != 1:
        return Finding("postcode+name", quiet=True)
    problem = f"{quoted(name)} est lu {quoted(close[0].name)} d’après le code postal."
    return Finding("postcode+name", _communes(close), problem)


def by_name(gazetteer: Gazetteer, name: str, department: str | None) -> Finding:
    """The communes of this name in the department; in all France where no department is known."""
    named = gazetteer.named(name)
    if department is None:
        return _by_name_alone(named, name)
    there = [place for place in named if place.department == department]
    if there:
        return Finding("name", _communes(there))
    if department != HOME_DEPARTMENT:
        return Finding("name", (*_communes(named), department))
    hints = _communes(gazetteer.beginning_with(name))
    complete = "le nom complet d’aucune" if hints else "le nom d’aucune"
    problem = f"{quoted(name)} n’est {complete} commune du Nord."
    return Finding("name", problem=problem, remedy=GIVE_CODE, hints=hints)


def by_postcode(gazetteer: Gazetteer, postcode: str) -> Finding:
    """All the communes of the post code; the department where it is not the Nord."""
    delivered = gazetteer.delivered_by(postcode)
    if delivered:
        return Finding("postcode", _communes(delivered))
    department = gazetteer.department_of_postcode(postcode)
    if department is None:
        return Finding(
            "postcode", problem=f"{quoted(postcode)} n’est pas un code postal français.", remedy=GIVE_POSTCODE
        )
    if department != HOME_DEPARTMENT:
        return Finding("postcode", (department,))
    problem = f"Le code postal {postcode} ne désigne aucune commune du Nord (code CEDEX ou faute de frappe)."
    remedy = "Ajoutez le nom de la commune, ou son code Insee."
    return Finding("postcode", problem=problem, remedy=remedy, quiet=True)


def by_department(department: str) -> Finding:
    """Another department is out of the metropole; the Nord alone says nothing."""
    if department != HOME_DEPARTMENT:
        return Finding("name", (department,))
    problem = "Le département seul ne dit pas dans quelle commune."
    return Finding("name", problem=problem, remedy=GIVE_POSTCODE, quiet=True)


def by_address(departments: tuple[str, ...]) -> Finding:
    """An address whose city is a large commune of these departments; where there is none, one that says no place."""
    if departments:
        return Finding("name", departments)
    return Finding("name", problem="L’adresse ne nomme aucune commune reconnue.", remedy=GIVE_POSTCODE, quiet=True)


def _by_name_alone(named: tuple[Place, ...], name: str) -> Finding:
    if named:
        return Finding("name", _communes(named))
    problem = f"{quoted(name)} n’est le nom d’aucune commune du Nord et le département n’est pas indiqué."
    return Finding("name", problem=problem, remedy=GIVE_POSTCODE)


def _communes(places: tuple[Place, ...] | list[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.commune for place in places))
