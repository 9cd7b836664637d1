"""How a person proves to a server who he is, for a token in return."""

import socket

import scriba
from scriba.v1.accounts_pb2 import AcceptInvitationRequest, GetInvitationRequest, SignInRequest
from scriba_cli.secret_input import ask, read_new_password, read_secret
from scriba_cli.terminal import plain, say


def sign_in(client: scriba.Client, name: str) -> str:
    """Sign in with a password, and a one-time code where the server asks for one; give the session's token."""
    request = SignInRequest(user_name=name, password=read_secret("Password", None), client=_here())
    try:
        return client.accounts.SignIn(request).secret
    except scriba.Unauthenticated as error:
        if error.reason != "SECOND_FACTOR_NEEDED":
            raise
    request.one_time_code = ask("One-time code")
    return client.accounts.SignIn(request).secret


def accept_invitation(client: scriba.Client) -> str:
    """Choose a password by a code that somebody was given; give the session's token."""
    code = read_secret("Code", None)
    name = client.accounts.GetInvitation(GetInvitationRequest(code=code)).user_name
    if name:
        say(f"You are {plain(name)}.")
    request = AcceptInvitationRequest(code=code, user_name=name or ask("User name"), new_password=read_new_password(), client=_here())
    return client.accounts.AcceptInvitation(request).secret


def _here() -> str:
    return f"scriba on {socket.gethostname()}"
