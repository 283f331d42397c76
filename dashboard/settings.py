"""Settings of the application, read from the environment when, and only when, `Settings` is called."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
Role = Literal["administrator", "agent", "facilitator"]


class Settings(BaseSettings):
    """What the environment says; an argument given by name wins over it.

    Attributes
    ----------
    data_dir : releases and journal (``ESS_DATA_DIR``).
    database_url : workshops, findings, votes (``ESS_DATABASE_URL``, of PostgreSQL); SQLite in ``data_dir`` by default.
    host, port : where the server listens (``HOST``, ``PORT``).
    admin : ``local``, pages of administration for who sits at this machine; ``off``, for nobody (``ESS_ADMIN``).
    upload_megabytes : the most that one sending of files to import may weigh (``ESS_UPLOAD_MB``).
    workers : processes of the server (``ESS_WORKERS``).
    release : the one release to show, whatever is published later (``ESS_RELEASE``).
    contact : mail address to which errors on a structure are reported (``ESS_CONTACT``); none by default.
    contact_days, answered_days : days for which the contact of who disputes a value is kept, from the dispute
        (``ESS_CONTACT_DAYS``) and, if that is sooner, from its answer (``ESS_ANSWERED_DAYS``).
    open_days : days after which a meeting that nobody closed is closed, and its telephones forgotten
        (``ESS_OPEN_DAYS``); journal_days : days for which the journal keeps who wrote (``ESS_JOURNAL_DAYS``).
    companies_url, portal_url, geography_url : official services that ``ess fetch`` asks (``ESS_COMPANIES_URL``,
        ``ESS_PORTAL_URL``, ``ESS_GEOGRAPHY_URL``).
    background_url, background_layer, background_attribution : map service (WMS) whose images readers may put under the
        map, none by default (``ESS_BACKGROUND_URL``, ``ESS_BACKGROUND_LAYER``, ``ESS_BACKGROUND_ATTRIBUTION``).
    proxies : proxies in front of the server whose ``X-Forwarded-For``, ``-Proto`` and ``-Host`` are believed, none by
        default (``ESS_PROXIES``).
    oidc_issuer, oidc_client_id, oidc_client_secret : service of identity by which one signs in too, none by default
        (``ESS_OIDC_ISSUER``, ``ESS_OIDC_CLIENT_ID``, ``ESS_OIDC_CLIENT_SECRET``); oidc_name : as pages name it
        (``ESS_OIDC_NAME``).
    oidc_claim, oidc_roles : claim whose values say the role (``ESS_OIDC_CLAIM``, ``realm_access.roles`` for one inside
        another), and the role of each value, a JSON object (``ESS_OIDC_ROLES``).
    fetch_rate : requests a second, at most; the company-search API allows seven (``ESS_FETCH_RATE``).
    """

    model_config = SettingsConfigDict(frozen=True, populate_by_name=True, extra="ignore")

    data_dir: Path = Field(default=Path("var"), validation_alias="ESS_DATA_DIR")
    database_url: str = Field(default="", validation_alias="ESS_DATABASE_URL")
    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=8050, ge=0, le=65535, validation_alias="PORT")
    admin: Literal["local", "off"] = Field(default="local", validation_alias="ESS_ADMIN")
    upload_megabytes: int = Field(default=4096, ge=1, validation_alias="ESS_UPLOAD_MB")
    workers: int = Field(default=2, ge=1, le=64, validation_alias="ESS_WORKERS")
    release: str | None = Field(default=None, validation_alias="ESS_RELEASE")
    contact: str = Field(default="", pattern=r"^$|^[^@\s]+@[^@\s]+$", validation_alias="ESS_CONTACT")
    contact_days: int = Field(default=365, ge=1, validation_alias="ESS_CONTACT_DAYS")
    answered_days: int = Field(default=90, ge=1, validation_alias="ESS_ANSWERED_DAYS")
    open_days: int = Field(default=30, ge=1, validation_alias="ESS_OPEN_DAYS")
    journal_days: int = Field(default=1095, ge=1, validation_alias="ESS_JOURNAL_DAYS")
    companies_url: str = Field(
        default="https://recherche-entreprises.api.gouv.fr", validation_alias="ESS_COMPANIES_URL"
    )
    portal_url: str = Field(default="https://www.data.gouv.fr", validation_alias="ESS_PORTAL_URL")
    geography_url: str = Field(default="https://geo.api.gouv.fr", validation_alias="ESS_GEOGRAPHY_URL")
    proxies: int = Field(default=0, ge=0, le=8, validation_alias="ESS_PROXIES")
    oidc_issuer: str = Field(default="", validation_alias="ESS_OIDC_ISSUER")
    oidc_client_id: str = Field(default="", validation_alias="ESS_OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), validation_alias="ESS_OIDC_CLIENT_SECRET")
    oidc_name: str = Field(default="", max_length=60, validation_alias="ESS_OIDC_NAME")
    oidc_claim: str = Field(default="groups", min_length=1, validation_alias="ESS_OIDC_CLAIM")
    oidc_roles: dict[str, Role] = Field(default_factory=dict, validation_alias="ESS_OIDC_ROLES")

    fetch_rate: float = Field(default=6, gt=0, validation_alias="ESS_FETCH_RATE")

    background_url: str = Field(default="", validation_alias="ESS_BACKGROUND_URL")
    background_layer: str = Field(default="GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2", validation_alias="ESS_BACKGROUND_LAYER")
    background_attribution: str = Field(default="Fond de plan : IGN", validation_alias="ESS_BACKGROUND_ATTRIBUTION")

    @field_validator("database_url")
    @classmethod
    def _driver(cls, value: str) -> str:
        """The address with the driver that this project installs."""
        for short in ("postgresql://", "postgres://"):
            if value.startswith(short):
                value = f"postgresql+psycopg://{value.removeprefix(short)}"
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("neither SQLite nor PostgreSQL")
        try:
            make_url(value or "sqlite://")
        except ArgumentError as error:
            raise ValueError("no address of a database") from error
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _safe(cls, value: str) -> str:
        """The issuer as it names itself: over https, or on this machine."""
        parts = urlsplit(value)
        if value and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("neither https nor this machine")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """An issuer goes with a client and with roles: without them nobody could sign in."""
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_roles):
            raise ValueError("ESS_OIDC_ISSUER needs ESS_OIDC_CLIENT_ID and ESS_OIDC_ROLES")
        return self

    @property
    def database(self) -> str:
        """Address of the database: the one given, else an SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'ess.sqlite').absolute()}"
