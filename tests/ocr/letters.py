"""The same letter in four languages, long enough to tell which."""

from collections.abc import Mapping

LETTERS: Mapping[str, str] = {
    "fr": """Madame, Monsieur,
Nous avons bien reçu votre déclaration et nous vous
remercions d'avoir répondu à notre précédente lettre.
Le relevé détaillé de votre compte épargne est joint ;
les intérêts crédités à la fin de l'année écoulée y sont
indiqués. Où que vous soyez, notre équipe vous répondra
dès réception de votre demande, même après la clôture.
Veuillez agréer, Madame, nos salutations distinguées.""",
    "de": """Sehr geehrte Damen und Herren,
für Ihre Anfrage danken wir Ihnen sehr. Gemäß unserer
Prüfung können wir Ihnen für das übernächste Jahr eine
günstigere Prämie anbieten; die Änderung gilt ab März.
Über die Höhe der Rückvergütung erhalten Sie später eine
gesonderte Mitteilung. Die Straße vor dem Gebäude ist
während der Bauarbeiten für Fußgänger geöffnet.
Mit freundlichen Grüßen, Ihre Geschäftsführung""",
    "en": """Dear Sir or Madam,
we have received your letter and thank you for it. The
detailed statement of your savings account is attached;
the interest credited at the end of last year is shown
there. Wherever you are, our team will answer you as soon
as your request has arrived, even after closing time.
Yours faithfully, the management""",
    "es": """Estimados señores:
Hemos recibido su declaración y les agradecemos mucho que
hayan contestado a nuestra carta anterior. El extracto de
su cuenta de ahorro va adjunto; los intereses abonados al
final del año pasado figuran en él. Dondequiera que estén,
nuestro equipo les responderá en cuanto llegue su petición,
también después del cierre. Reciban un cordial saludo.""",
}
