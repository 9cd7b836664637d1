"""What the pages of upload links say, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from daemon.web.receiving.delivery import Outcome


@dataclass(frozen=True, slots=True)
class ReceivingWords:
    """The texts of the room. `outcomes` are said of each file, `refusals` of a whole request, by its status."""

    lead: str
    choose: str
    photo: str
    send: str
    wait: str
    most_files: str
    most_bytes: str
    types: str
    more: str
    full_title: str
    full: str
    told_title: str
    none: str
    refused_title: str
    outcomes: Mapping[Outcome, str]
    refusals: Mapping[int, str]


WORDS = {
    "en": ReceivingWords(
        lead="Files that you send here go to the archive of whoever gave you this address.",
        choose="Choose files",
        photo="Or take a photo",
        send="Send",
        wait="Large files take a while: leave this page open until the next one comes.",
        most_files="{count} more files may come",
        most_bytes="up to {size} each",
        types="only {types}",
        more="Send more",
        full_title="This link is full",
        full="Nothing more may be sent to this address. Ask whoever gave it to you for another one.",
        told_title="What has come",
        none="No file was chosen.",
        refused_title="That did not work",
        outcomes={
            Outcome.RECEIVED: "received",
            Outcome.EMPTY: "not received: the file is empty",
            Outcome.TOO_LARGE: "not received: the file is too large",
            Outcome.WRONG_TYPE: "not received: files of this kind are not taken here",
            Outcome.FULL: "not received: nothing more may be sent to this address",
            Outcome.NO_ROOM: "not received: there is no room at the moment; try again later",
            Outcome.TRY_AGAIN: "not received: something went wrong; send it again",
        },
        refusals={
            400: "What arrived is not whole. Send it again.",
            403: "The password has to be said first.",
            408: "It took too long to arrive. Send it again.",
            413: "That was too much at once. Send it in smaller parts.",
            415: "A form with files is expected.",
            503: "Too many are sending at the moment. Try again in a minute.",
        },
    ),
    "de": ReceivingWords(
        lead="Dateien, die Sie hier senden, gehen in das Archiv der Person, von der Sie diese Adresse haben.",
        choose="Dateien auswählen",
        photo="Oder ein Foto aufnehmen",
        send="Senden",
        wait="Große Dateien brauchen eine Weile: Lassen Sie diese Seite offen, bis die nächste kommt.",
        most_files="{count} weitere Dateien können kommen",
        most_bytes="jede bis zu {size}",
        types="nur {types}",
        more="Mehr senden",
        full_title="Dieser Link ist voll",
        full="An diese Adresse kann nichts mehr gesendet werden. Bitten Sie die Person, von der Sie sie haben, um eine neue.",
        told_title="Was angekommen ist",
        none="Es wurde keine Datei ausgewählt.",
        refused_title="Das hat nicht geklappt",
        outcomes={
            Outcome.RECEIVED: "angekommen",
            Outcome.EMPTY: "nicht angenommen: Die Datei ist leer",
            Outcome.TOO_LARGE: "nicht angenommen: Die Datei ist zu groß",
            Outcome.WRONG_TYPE: "nicht angenommen: Dateien dieser Art werden hier nicht genommen",
            Outcome.FULL: "nicht angenommen: An diese Adresse kann nichts mehr gesendet werden",
            Outcome.NO_ROOM: "nicht angenommen: Gerade ist kein Platz; versuchen Sie es später noch einmal",
            Outcome.TRY_AGAIN: "nicht angenommen: Etwas ging schief; senden Sie die Datei noch einmal",
        },
        refusals={
            400: "Es ist nicht alles angekommen. Senden Sie es noch einmal.",
            403: "Zuerst muss das Passwort gesagt werden.",
            408: "Es hat zu lange gedauert. Senden Sie es noch einmal.",
            413: "Das war zu viel auf einmal. Senden Sie es in kleineren Teilen.",
            415: "Erwartet wird ein Formular mit Dateien.",
            503: "Gerade senden zu viele. Versuchen Sie es in einer Minute noch einmal.",
        },
    ),
}
