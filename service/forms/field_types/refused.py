"""Types of form-js that are refused by name, each with its reason."""

from service.forms.field_types.base import FieldType


class Html(FieldType):
    """``html``: content that nobody has made safe."""

    name = "html"
    refused = "Gebruik een tekst met Markdown: eigen HTML kan onveilig zijn."


class Image(FieldType):
    """``image``."""

    name = "image"
    refused = "Laat de afbeelding weg: ze zou van buiten worden opgehaald."


class Iframe(FieldType):
    """``iframe``."""

    name = "iframe"
    refused = "Gebruik een link in een tekst: een andere site in het formulier is onveilig."


class Button(FieldType):
    """``button``."""

    name = "button"
    refused = "Laat de knop weg: de pagina heeft zelf een knop om te versturen."


class Table(FieldType):
    """``table``."""

    name = "table"
    refused = "Gebruik een lijst met velden die alleen te lezen zijn."


class Expression(FieldType):
    """``expression``."""

    name = "expression"
    refused = "Bereken de waarde in het diagram, met een scripttaak."


class DocumentPreview(FieldType):
    """``documentPreview``."""

    name = "documentPreview"
    refused = "Bijlagen staan al bij de casus."
