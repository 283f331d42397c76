"""Why something was refused, and what to do: a title and a sentence."""

from __future__ import annotations

from dashboard.administration import access
from dashboard.i18n import _

Told = tuple[str, str]


def refused(why: str, megabytes: int = 0) -> Told:
    """What is told to a request that may not administer, or not so."""
    command = _("Pour importer sans cette page : ess import fichier.csv, sur la machine du serveur.")
    reasons = {
        access.OFF: _("L’administration par le site est coupée par le réglage ESS_ADMIN."),
        access.BOUND: _(
            "Ce serveur n’a pas d’administration locale : il est ouvert au réseau, derrière un relais, ou lancé "
            "autrement que par « ess serve »."
        )
        + f" {_account()}",
        access.FORWARDED: f"{_('Cette demande est passée par un relais.')} {_account()}",
        access.REMOTE: f"{_('Cette demande vient d’une autre machine que celle du serveur.')} {_account()}",
        access.HOST: f"{_('Cette demande nomme une autre machine que celle du serveur.')} {_account()}",
        access.SIGNED: _("Il faut se connecter, à l’adresse /connexion, avec un compte qui en a le droit."),
        access.LINK: _(
            "Sans compte, l’administration s’ouvre par le lien à usage unique que le serveur affiche à son démarrage, "
            "dans un navigateur de la même machine. La commande « ess admin link » en donne un autre."
        )
        + f" {_account()}",
        access.SILENT: _(
            "La base qui dit s’il y a des comptes ne répond pas : l’administration reste fermée tant qu’elle se tait."
        ),
        access.ORIGIN: _("Cette demande vient d’une page d’un autre site : rien n’a été fait."),
        access.TOKEN: _("Ce formulaire n’est plus valable : rien n’a été fait. Rouvrez la page, puis recommencez."),
        "size": _("L’envoi dépasse {megabytes} Mo (réglage ESS_UPLOAD_MB) : rien n’a été gardé.").format(
            megabytes=megabytes
        ),
    }
    return _("Administration refusée") if why != "size" else _("Envoi trop lourd"), f"{reasons[why]} {command}"


def _account() -> str:
    return _(
        "Depuis une autre adresse, on administre avec un compte : la commande « ess admin create NOM », sur la machine "
        "du serveur, crée le premier."
    )


def gone() -> Told:
    """What was asked for is no more there."""
    return _("Contrôle ou publication introuvable"), _(
        "Il a été publié, abandonné, ou effacé au bout de vingt-quatre heures. Recommencez l’import s’il le faut."
    )


def stale() -> Told:
    """The release shown changed since the rehearsal."""
    return _("La publication montrée a changé depuis ce contrôle"), _(
        "Rien n’est publié : les différences que vous avez lues ne sont plus les bonnes. Abandonnez ce contrôle et "
        "recommencez l’import des mêmes fichiers."
    )


def not_ready() -> Told:
    """The rehearsal is not over, or is of nothing usable."""
    return _("Rien à publier"), _("Ce contrôle n’est pas fini, ou un de ses fichiers est inutilisable.")


def not_confirmed() -> Told:
    """Earlier rows would leave for good, and the box was not ticked."""
    return _("Remplacement à confirmer"), _(
        "Rien n’est publié : des lignes déjà publiées partiraient sans être redites. Revenez au contrôle, lisez-les, "
        "puis cochez la case qui confirme leur retrait, ou abandonnez."
    )


def not_answered() -> Told:
    """A file has a question that nobody answered."""
    return _("Des questions attendent leur réponse"), _(
        "Rien n’est publié : revenez à la lecture de ces fichiers, répondez aux questions qu’ils laissent ouvertes, "
        "répétez, puis publiez."
    )


def being_read() -> Told:
    """What is said of files cannot change while they are read."""
    return _("Contrôle en cours"), _(
        "Ces fichiers sont en cours de lecture : vos choix ne sont pas gardés. Attendez la fin du contrôle, puis "
        "recommencez."
    )


def not_kept() -> Told:
    """What is to be forgotten is not there."""
    return _("Choix introuvables"), _("Ils ont déjà été oubliés, ou remplacés par d’autres : rouvrez la liste.")


def wrong_choice(why: str) -> Told:
    """What was said of a file cannot be."""
    return _("Choix impossibles"), _("Rien n’est changé. {why}").format(why=why)


def busy() -> Told:
    """Another import is under way."""
    return _("Un autre import est en cours"), _("Rien n’est publié. Attendez qu’il finisse, puis recommencez.")


def damaged() -> Told:
    """A file is not what it was."""
    return _("Fichier altéré ou illisible"), _(
        "Un fichier n’est plus ce qu’il était : rien n’est publié, la publication précédente reste montrée."
    )


def full() -> Told:
    """The disk takes no more."""
    return _("Fichiers non gardés"), _(
        "Le disque du serveur n’a pas pu les écrire (plein, sans doute). Rien n’a été gardé ; libérez de la place."
    )


def no_file() -> Told:
    """Nothing was sent."""
    return _("Aucun fichier reçu"), _("Choisissez un fichier au moins, et sa nature dans la liste si besoin.")


def wrong_year() -> Told:
    """A year that is none."""
    return _("Année illisible"), _(
        "L’année s’écrit en quatre chiffres, de 1900 à 2100 ; laissez vide si le fichier la dit."
    )
