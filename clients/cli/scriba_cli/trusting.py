"""Settles whom to believe, before a server is told anything; asks the person where nobody else knows."""

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import typer

import scriba
from scriba.handshake import doubt
from scriba.trust import read_pem
from scriba_cli.exit_codes import ExitCode, exit_code_of, words_of
from scriba_cli.terminal import say

_NOT_THE_ONE = """\
The certificate of {server} has another fingerprint:
  {fingerprint}
Somebody may be in between, or the server has a new one: see what it shows when
it starts. Nothing was sent, nothing is saved."""

_NOT_TRUSTED = """\
The certificate of {server} is trusted by nobody that this machine knows
({why}). Its fingerprint is
  {fingerprint}
The server shows its own when it starts; they must be the same."""

_NOT_AS_BEFORE = "Another certificate was trusted there: be sure that it was changed on purpose."

_NOBODY_TO_ASK = """\
Nobody is at the keyboard to be asked: give it by --fingerprint, or by --ca the
file of whoever vouches for the server."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What the person gives to know a server by, and to be known by it."""

    fingerprint: str | None
    ca: Path | None
    client_certificate: Path | None
    client_key: Path | None


def login_without_token(server: str, proof: Proof) -> tuple[scriba.Login, scriba.Trust]:
    """Give what is to be saved, and how to call now, once the server is believed.

    Exits in words where it isn't, raises ValueError for wrong usage.
    """
    wanted = scriba.parse_fingerprint(proof.fingerprint) if proof.fingerprint else ""
    connection = scriba.find_connection(server, "-", os.environ, Path.cwd())
    login = _with_client_files(server, proof)
    if not connection.address.tls:
        if wanted or proof.ca or login.client_certificate:
            raise ValueError(f"{server} is called without TLS, so that there is no certificate; write https:// before it")
        return login, scriba.Trust()
    try:
        trust = _settle(connection, wanted, proof.ca)
    except scriba.Error as error:
        say(words_of(error, str(connection.address)))
        raise typer.Exit(exit_code_of(error)) from error
    login = replace(login, authorities=trust.authorities, server_name=trust.server_name)
    own = login.trust() if login.client_certificate else connection.trust
    return login, replace(trust, client_certificate=own.client_certificate, client_key=own.client_key)


def _settle(connection: scriba.Connection, wanted: str, ca: Path | None) -> scriba.Trust:
    if ca:
        trust = scriba.Trust(authorities=read_pem(str(ca), "--ca"))
        if why := doubt(connection.address, trust):
            _refuse(f"{connection.address} can't be trusted by --ca: {why.rstrip('.')}.")
        return trust
    if not wanted:
        why = doubt(connection.address, connection.trust)
        if not why:
            return connection.trust
    certificate = scriba.fetch_certificate(connection.address)
    fingerprint = scriba.fingerprint_of(certificate)
    if not wanted:
        _ask(connection, fingerprint, why)
    elif fingerprint != wanted:
        _refuse(_NOT_THE_ONE.format(server=connection.address, fingerprint=fingerprint))
    return scriba.trust_in(connection.address, certificate)


def _ask(connection: scriba.Connection, fingerprint: str, why: str) -> None:
    say(_NOT_TRUSTED.format(server=connection.address, why=why, fingerprint=fingerprint))
    if connection.trust.authorities:
        say(_NOT_AS_BEFORE)
    if not sys.stdin.isatty():
        _refuse(_NOBODY_TO_ASK)
    if not typer.confirm("Are they the same?", err=True):
        _refuse("Nothing was sent, nothing is saved.")


def _with_client_files(server: str, proof: Proof) -> scriba.Login:
    certificate, key = proof.client_certificate, proof.client_key or proof.client_certificate
    if key and not certificate:
        raise ValueError("--client-key needs --client-certificate")
    before = scriba.read_login(scriba.login_file(os.environ))
    if certificate is None and before and before.server == server:
        files = [before.client_certificate, before.client_key]
    else:
        files = [str(path.expanduser().absolute()) if path else "" for path in (certificate, key)]
    login = scriba.Login(server, "", client_certificate=files[0], client_key=files[1])
    login.trust()  # that they can be read is said before anything is asked
    return login


def _refuse(words: str) -> NoReturn:
    say(words)
    raise typer.Exit(ExitCode.REFUSED)
