"""The words that titles of columns are made of in French administration, and what each says.

Sources: the schema « subventions » of the SCDL (2.0, 2.1) and the spellings met in published files, the M57
nomenclature, Sirene, RNA, Insee's tables. A word that is missing here is an unknown word: it says nothing, and takes
nothing away.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final[dict[str, str]] = {
    "REJECT": "rejet",
    "LABEL": "libelle lib libel designation intitule titre etiquette etiquettes",
    "NAME": "nom denomination raison designation intitule libelle lib libel appellation enseigne sigle titre name"
    " etiquette etiquettes denom",
    "ID": "id i ident identification identifiant numero num no code cle matricule immatriculation referencement",
    "SIRET": "siret nic",
    "SIREN": "siren",
    "RNA": "rna waldec",
    "FLOW": "sens",
    "REGISTER": "repertoire entreprises sirene",
    "PARTY": "attributaire attrib",
    "BENEFICIARY": "beneficiaire beneficiaires ben benef tiers organisme association asso associations structure"
    " entreprise porteur laureat demandeur destinataire etablissement societe club creancier partenaire receveur"
    " titulaire recipiendaire allocataire candidat intervenant operateur ouvrage maitrise entite organisateur"
    " compagnie morale cooperative mutuelle scop scic geiq esat",
    "RECEIVER": "beneficiaire beneficiaires ben benef porteur laureat demandeur destinataire receveur titulaire"
    " recipiendaire allocataire candidat",
    "GRANTOR": "attribuant collectivite coll collec financeur autorite administrative payeur administration donateur"
    " ordonnateur gestion gestionnaire financeuse bailleur attributeur attributrice"
    " attribuante versant versante instructeur ministere epci adjudicateur instructrice",
    "GIVER": "attribuant attribuante financeur financeuse payeur donateur attributeur attributrice versant versante"
    " instructeur instructrice adjudicateur",
    "AMOUNT": "montant mt mnt mont mtt somme sommes total credit ae autorisations autorisation engagement"
    " valeur prix attribution attributions dotation amount credits engage engagee engages",
    "SUBSIDY": "subvention subventions subv sub subside aide aides concours participation financement soutien"
    " financier financiere",
    "ASKED": "demande demandes demandee sollicite sollicitee sollicites requis souhaite requete souhaitee besoin"
    " besoins dde",
    "PROPOSED": "propose proposee proposition proposes avis preconise preconisee suggere suggeree",
    "VOTED": "arbitrage arbitre arbitree adopte adoptee"
    " vote votee votes accorde accordee accordes attribue attribuee attribuees attribues octroye octroyee"
    " octroi decide decidee alloue allouee retenu retenue delibere approuve attribuer conventionne"
    " conventionnee valide validee engage engagee engages bp bs primitif",
    "PAID": "verse versee verses versees paye payee payes mandate mandatee realise realisee liquide liquidee paiement"
    " regle decaisse consomme execute mandat decaissee liquidee reglee executee consommee",
    "LOAN": "pret prets avance remboursable emprunt",
    "GUARANTEE": "garantie garanties cautionnement",
    "KIND": "avantages avantage valorisation prestation prestations valorise valorisee indirect indirecte"
    " indirectes locative locatif",
    "NATURE": "nature",
    "COST": "budget cout couts depense depenses charges eligible eligibles subventionnable subventionnables assiette"
    " plan travaux devis recettes",
    "OUTLAY": "cout couts depense depenses eligible eligibles subventionnable subventionnables assiette travaux devis",
    "RUNNING": "fonctionnement",
    "CAPITAL": "investissement equipement",
    "DATE": "date dates jour dt",
    "YEAR": "annee an exercice millesime ans year saison campagne exo",
    "ACT": "decision convention acte deliberation signature vote conseil seance commission arrete cm cp notifie"
    " notifiee",
    "PAYMENT": "versement versements mandatement acompte solde cdpaie paie paiement",
    "PERIOD": "periode periodes mois trimestre semestre",
    "REFERENCE": "reference ref references article unique codarticle",
    "FILE": "dossier dossiers",
    "OBJECT": "objet motif affectation destination but finalite usage utilisation",
    "PURPOSE": "objet motif projet description descriptif action operation detail details manifestation evenement",
    "CONDITION": "condition conditions modalite modalites",
    "RAE": "rae irae",
    "EU": "ue europe europeenne",
    "NOTIFIED": "notification notifiee notifie",
    "SHARE": "pourcentage taux part quotite pct",
    "SCHEME": "dispositif programme instrument politique mesure appel fonds volet axe cadre sectorielle",
    "ADDRESS": "adresse voie rue adr coordonnees",
    "PLACE": "lieu lieux siege implantation coordonnees",
    "POSTCODE": "postal cp codepostal postale post",
    "CITY": "commune ville localite city libcom libgeo acheminement bureau cedex",
    "INSEE": "insee depcom codgeo cog codeinsee",
    "DEPARTMENT": "departement dept dep region",
    "APE": "ape naf activite",
    "LEGAL": "juridique forme cj",
    "CATEGORY": "categorie type secteur domaine thematique theme famille competence",
    "FIGURE": "chiffre chiffres bilan",
    "BUSINESS": "affaires bilan",
    "COUNT": "nombre nb nbre effectif effectifs licencie licencies adherent adherents habitant habitants",
    "LINE": "ligne",
    "QUANTITY": "etp etpt poste postes salarie salaries benevole benevoles capacite places surface superficie heures"
    " lits duree",
    "OWN": "capital consomptible patrimoine ressources excedent deficit loyer loyers tarif tarifs salariale"
    " salaire salaires",
    "ENDOWMENT": "dotation",
    "YEARLY": "annuel annuelle",
    "INITIAL": "initial initiale",
    "LATITUDE": "latitude longitude geolocalisation",
    "CLOSING": "dissolution fermeture radiation cessation liquidation",
    "LIFE": "administratif position etatadministratif",
    "ACCOUNT": "compte imputation chapitre fonction nomenclature comptable budgetaire",
    "CONTACT": "telephone tel mail courriel email site web president contact",
    "PERSON": "prenom depute senateur elu parlementaire groupe civilite sexe",
    "NOTE": "commentaire commentaires observation observations remarque remarques",
    "THOUSANDS": "keur ke milliers keuros kilo",
    "MILLIONS": "meur millions",
    "EUROS": "euro euros eur",
    "AUTHORITY": "autorite",
    "EVENT": "creation naissance fondation declaration parution depot reception agrement publication extraction fin"
    " cloture echeance expiration saisie inscription maj dissolution adhesion edition export telechargement",
    "REST": "reste restant reliquat ecart evolution variation difference moyenne moyen cumul cumule tva ratio"
    " unitaire mensuel",
    "CANCELLED": "annule annulee annules annulees annulation annulations desengagement desengage degagement reprise"
    " reversement reverse reversee restitution restitue remboursement deduction minoration",
    "FOREIGN": "franc francs frf kf",
    "EXTRA": "complement complements rallonge exceptionnel exceptionnelle complementaire"
    " supplementaire specifique ponctuelle",
    "RULING": "statut etat suite decision avis resultat",
    "CREDITS": "cp",
    "COMMITMENT": "ae ap autorisation autorisations engagement",
    "PREVIOUS": "memoire precedent precedente anterieur anterieure n1 rappel",
}
SHORT: Final = {
    "dem": "demande",
    "acc": "accorde",
    "vers": "verse",
    "mand": "mandate",
    "ex": "exercice",
}
"""Abbreviations of words, of which no longer word is made: « divers » says nothing of what was paid."""
CONCEPTS: Final[dict[str, frozenset[str]]] = {}
for _concept, _list in _WORDS.items():
    for _word in _list.split():
        CONCEPTS[_word] = CONCEPTS.get(_word, frozenset()) | {_concept}
LINKS: Final = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "au",
        "aux",
        "a",
        "en",
        "et",
        "ou",
        "un",
        "une",
        "par",
        "pour",
        "sur",
        "dans",
        "avec",
        "sans",
        "n",
        "m",
        "quel",
        "qui",
    ]
)
"""Words that say nothing by themselves."""
