"""A file to check, and what is wrong with it."""

from marshmallow import Schema, fields, validate

from service.api.schemas.common import Strict, text

LONGEST_FILE = 2_000_000
MOST_BESIDE = 50


class CheckedFileSchema(Strict):
    """A file and what is in it."""

    file = text(
        required=True,
        metadata={"description": "Its name; it ends in .bpmn, .dmn or .form and is not opened."},
    )
    content = fields.String(
        required=True,
        validate=validate.Length(max=LONGEST_FILE, error=f"Ten hoogste {LONGEST_FILE} tekens."),
        metadata={"description": "The whole file: XML, or JSON as text."},
    )


class ToCheckSchema(CheckedFileSchema):
    """One diagram, decision table or form."""

    beside = fields.List(
        fields.Nested(CheckedFileSchema),
        load_default=list,
        validate=validate.Length(max=MOST_BESIDE, error=f"Ten hoogste {MOST_BESIDE} bestanden."),
        metadata={"description": "The decision models that it imports; these are not checked."},
    )


class FindingSchema(Schema):
    """One remark about one element."""

    file = fields.String(required=True)
    element = fields.String(required=True, allow_none=True, attribute="element_id")
    others = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Other elements that it is about, too."},
    )
    line = fields.Integer(required=True, allow_none=True)
    code = fields.String(required=True, metadata={"description": "Stable, in kebab-case."})
    severity = fields.String(
        required=True, metadata={"description": "``error`` blocks publication, ``warning`` not."}
    )
    reason = fields.String(required=True, metadata={"description": "What is wrong, in Dutch."})
    way_out = fields.String(required=True, metadata={"description": "What to do, in Dutch."})
    field = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": "Where that is done in the panel of the editor: labels from outside in."
        },
    )


class CheckSchema(Schema):
    """Everything that was found, in the order of the file."""

    findings = fields.List(fields.Nested(FindingSchema), required=True)


FILE = {"file": "urgentie.dmn", "content": "<definitions …>"}
CHECK = {
    "findings": [
        {
            "file": "urgentie.dmn",
            "element": "urgentie_tabel",
            "others": [],
            "line": 12,
            "code": "gap",
            "severity": "warning",
            "reason": "Tabel Urgentie: er is invoer waarvoor geen enkele regel geldt. "
            "Bijvoorbeeld: aantal = 5.",
            "way_out": "Voeg een regel of een standaarduitkomst toe.",
            "field": [],
        }
    ]
}
