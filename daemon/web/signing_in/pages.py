"""The small pages between the provider and the archive: where to go on, or what went wrong."""

from html import escape

from starlette.responses import HTMLResponse

from daemon.web.signing_in.messages import NEVER_KEPT

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Scriba</title>
{refresh}<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
<p><a href="{href}">{link}</a></p>
</main>
</body>
</html>
"""


def going_on(to: str) -> HTMLResponse:
    """Go on to a page of ours by a navigation that begins here.

    A browser sends no SameSite=Strict cookie along with a chain of redirects that another site has begun, so a redirect from the provider
    would arrive there signed out.
    """
    refresh = f'<meta http-equiv="refresh" content="0; url={escape(to)}">\n'
    page = _PAGE.format(title="Signed in", text="You are signed in.", refresh=refresh, href=escape(to), link="Go on")
    return HTMLResponse(page, headers=NEVER_KEPT)


def linked(to: str, name: str) -> HTMLResponse:
    """Say that a provider's sign-in is a user's from now on."""
    text = f"From now on you can sign in as {name} this way, too."
    return HTMLResponse(_PAGE.format(title="Linked", text=escape(text), refresh="", href=escape(to), link="Go on"), headers=NEVER_KEPT)


def failed(words: str, status: int, again: str) -> HTMLResponse:
    """Say what went wrong, and let it be tried again."""
    page = _PAGE.format(title="Not signed in", text=escape(words), refresh="", href=escape(again), link="Try again")
    return HTMLResponse(page, status, NEVER_KEPT)
