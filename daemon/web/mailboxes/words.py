"""What the pages between a mailbox's provider and the archive say, in each language."""

from dataclasses import replace

from actors.grants.errors import GrantRefused
from actors.store.errors import StaleItem
from actors.store.mail.errors import MailAccountNotFound
from daemon.service import refusals
from daemon.web.signing_in.words import SIGN_IN_WORDS

_EN, _DE = SIGN_IN_WORDS["en"], SIGN_IN_WORDS["de"]

MAILBOX_WORDS = {
    "en": replace(
        _EN,
        signed_in_title="Mailbox linked",
        signed_in="Scriba may look into this mailbox from now on.",
        failed_title="Mailbox not linked",
        reasons={
            **_EN.reasons,
            refusals.InvalidRequest: "This mailbox belongs to a provider for which the archive's settings name no client. "
            "Ask an administrator.",
            refusals.NotSignedIn: "Sign in to the archive first; then you can link your mailbox.",
            refusals.NoAccount: "The command line of the machine is no user: open this page in a browser, and sign in to the archive.",
            refusals.RoleTooLow: "You may not change this mailbox.",
            refusals.SignInExpired: "This took too long, was used already, or was begun in another browser or at another address.",
            MailAccountNotFound: "This mail account is not there any more, or is not yours.",
            StaleItem: "The mail account was changed meanwhile. Begin again.",
            GrantRefused: "The provider grants nothing; it says “{said}”.",
        },
    ),
    "de": replace(
        _DE,
        signed_in_title="Postfach verknüpft",
        signed_in="Scriba darf von jetzt an in dieses Postfach sehen.",
        failed_title="Postfach nicht verknüpft",
        reasons={
            **_DE.reasons,
            refusals.InvalidRequest: "Dieses Postfach gehört zu einem Anbieter, für den die Einstellungen des Archivs keinen Client "
            "nennen. Fragen Sie die Verwaltung des Archivs.",
            refusals.NotSignedIn: "Melden Sie sich erst am Archiv an; dann können Sie Ihr Postfach verknüpfen.",
            refusals.NoAccount: "Die Befehlszeile des Rechners ist kein Konto: Öffnen Sie diese Seite im Browser und melden Sie sich am "
            "Archiv an.",
            refusals.RoleTooLow: "Sie dürfen dieses Postfach nicht ändern.",
            refusals.SignInExpired: "Das hat zu lange gedauert, wurde schon verwendet oder in einem anderen Browser oder unter einer "
            "anderen Adresse begonnen.",
            MailAccountNotFound: "Dieses Postfach gibt es hier nicht mehr, oder es ist nicht Ihres.",
            StaleItem: "Das Postfach wurde inzwischen geändert. Beginnen Sie von vorn.",
            GrantRefused: "Der Anbieter erlaubt nichts; er sagt „{said}“.",
        },
    ),
}
