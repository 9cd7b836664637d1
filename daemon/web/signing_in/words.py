"""What the pages between the provider and the archive say, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from actors.openid.errors import ProviderUnreachable, ProviderWrong, SignInDenied
from actors.store.errors import NameTaken
from actors.store.identity.errors import IdentityTaken, ServiceHasNoPassword, UserNotFound
from daemon.service import refusals


@dataclass(frozen=True, slots=True)
class SignInWords:
    """The texts of the pages. `reasons` say why nobody was signed in; `other` stands for what has no words of its own."""

    signed_in_title: str
    signed_in: str
    linked_title: str
    linked: str
    go_on: str
    failed_title: str
    again: str
    reasons: Mapping[type[Exception], str]
    other: str

    def reason(self, error: Exception) -> str:
        """Say why; `{name}` and `{said}` in the words are the error's own."""
        words = next((self.reasons[kind] for kind in type(error).__mro__ if kind in self.reasons), self.other)
        return words.format(name=getattr(error, "name", ""), said=getattr(error, "said", ""))


SIGN_IN_WORDS = {
    "en": SignInWords(
        signed_in_title="Signed in",
        signed_in="You are signed in.",
        linked_title="Linked",
        linked="From now on you can sign in as {name} this way, too.",
        go_on="Go on",
        failed_title="Not signed in",
        again="Try again",
        reasons={
            refusals.NotLinked: "No user of this archive is linked to this sign-in. Sign in another way and link it, "
            "or ask an administrator.",
            refusals.SignInExpired: "This sign-in took too long, was used already, or was begun in another browser or at another address.",
            refusals.SignInRefused: "This user of the archive is disabled. Ask an administrator.",
            refusals.CalledFromElsewhere: "The link to a sign-in begins at a page of this archive, or in the bar of your browser.",
            refusals.UnknownToProxy: "The proxy names somebody who is no user of this archive, or a disabled one. Ask an administrator.",
            refusals.NotSignedIn: "Sign in first; then you can link this way of signing in.",
            refusals.NoAccount: "The command line of the machine is no user, and can't be linked.",
            refusals.TooManyAtOnce: "Too many are signing in at once. Try again in a moment.",
            refusals.InvalidRequest: "The provider tells no name for you that can be one here. Ask an administrator.",
            NameTaken: "Somebody is called {name} here already. If that is you, sign in another way and link it; "
            "else ask an administrator.",
            IdentityTaken: "This sign-in belongs to another user already. An administrator can unlink it there.",
            ServiceHasNoPassword: "{name} is a service account, which signs in nowhere.",
            UserNotFound: "This user was deleted meanwhile.",
            SignInDenied: "The provider lets nobody in; it says “{said}”.",
            ProviderUnreachable: "The provider of sign-ins is not reached just now.",
            ProviderWrong: "The provider's answer can't be believed; the archive's log says why.",
        },
        other="The archive cannot answer at the moment. Try again in a minute.",
    ),
    "de": SignInWords(
        signed_in_title="Angemeldet",
        signed_in="Sie sind angemeldet.",
        linked_title="Verknüpft",
        linked="Von jetzt an können Sie sich auch so als {name} anmelden.",
        go_on="Weiter",
        failed_title="Nicht angemeldet",
        again="Noch einmal versuchen",
        reasons={
            refusals.NotLinked: "Mit dieser Anmeldung ist hier niemand verknüpft. Melden Sie sich anders an und verknüpfen Sie sie, "
            "oder fragen Sie die Verwaltung des Archivs.",
            refusals.SignInExpired: "Diese Anmeldung hat zu lange gedauert, wurde schon verwendet oder in einem anderen Browser oder "
            "unter einer anderen Adresse begonnen.",
            refusals.SignInRefused: "Dieses Konto ist gesperrt. Fragen Sie die Verwaltung des Archivs.",
            refusals.CalledFromElsewhere: "Verknüpft wird von einer Seite dieses Archivs aus oder aus der Adresszeile des Browsers.",
            refusals.UnknownToProxy: "Der Proxy nennt jemanden, der hier kein Konto hat oder gesperrt ist. "
            "Fragen Sie die Verwaltung des Archivs.",
            refusals.NotSignedIn: "Melden Sie sich erst an; dann können Sie diese Anmeldung verknüpfen.",
            refusals.NoAccount: "Die Befehlszeile des Rechners ist kein Konto und kann nicht verknüpft werden.",
            refusals.TooManyAtOnce: "Gerade melden sich zu viele auf einmal an. Versuchen Sie es gleich noch einmal.",
            refusals.InvalidRequest: "Der Anbieter nennt keinen Namen, der hier einer sein kann. Fragen Sie die Verwaltung des Archivs.",
            NameTaken: "Hier heißt schon jemand {name}. Sind Sie das, so melden Sie sich anders an und verknüpfen Sie diese Anmeldung; "
            "sonst fragen Sie die Verwaltung des Archivs.",
            IdentityTaken: "Diese Anmeldung gehört schon zu einem anderen Konto. Die Verwaltung des Archivs kann sie dort lösen.",
            ServiceHasNoPassword: "{name} ist ein Dienstkonto, mit dem sich niemand anmeldet.",
            UserNotFound: "Dieses Konto wurde inzwischen gelöscht.",
            SignInDenied: "Der Anbieter lässt niemanden herein; er sagt „{said}“.",
            ProviderUnreachable: "Der Anbieter der Anmeldung ist gerade nicht zu erreichen.",
            ProviderWrong: "Der Antwort des Anbieters ist nicht zu trauen; das Protokoll des Archivs sagt, warum.",
        },
        other="Das Archiv kann im Augenblick nicht antworten. Versuchen Sie es in einer Minute noch einmal.",
    ),
}
