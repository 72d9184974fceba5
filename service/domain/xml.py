"""Reads XML from outside: no entities, no network, bounded in size and depth."""

from lxml import etree

from service.domain.errors import Unreadable
from service.domain.findings import Finding, Severity

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 200
MAX_ELEMENTS = 50_000


def read_xml(content: bytes, *, file: str) -> etree._Element:
    """The root element of ``content``.

    Raises:
        Unreadable: not XML in UTF-8, too large, too deep, or with a document type declaration.
    """
    if len(content) > MAX_BYTES:
        raise _unreadable(
            file,
            "too-large",
            f"Het bestand is {len(content)} bytes; meer dan {MAX_BYTES} wordt niet gelezen.",
            "Splits het proces in deelprocessen.",
        )
    try:
        content.decode()
    except UnicodeDecodeError as error:
        raise _unreadable(
            file,
            "not-utf-8",
            f"Het bestand is geen tekst in UTF-8, vanaf byte {error.start}.",
            "Exporteer het bestand opnieuw uit de editor.",
        ) from error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        raise _unreadable(
            file,
            "not-xml",
            f"Het bestand is kapot{f' op regel {line}' if line else ''}: geen leesbare XML.",
            "Exporteer het bestand opnieuw uit de editor.",
            line=line,
        ) from error
    if root is None:
        raise _unreadable(file, "not-xml", "Het bestand is leeg.", "Kies een ander bestand.")
    if root.getroottree().docinfo.internalDTD is not None:
        raise _unreadable(
            file,
            "document-type",
            "Het bestand heeft een documenttypeverklaring (DOCTYPE); die wordt nooit gelezen.",
            "Verwijder de regel met DOCTYPE.",
        )
    _bound(root, file)
    return root


def _bound(root: etree._Element, file: str) -> None:
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth, count = depth + 1, count + 1
        else:
            depth -= 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise _unreadable(
                file,
                "too-deep" if depth > MAX_DEPTH else "too-many-elements",
                f"Het bestand gaat dieper dan {MAX_DEPTH} niveaus of heeft meer dan "
                f"{MAX_ELEMENTS} onderdelen.",
                "Splits het proces in deelprocessen.",
            )


def _unreadable(
    file: str, code: str, reason: str, way_out: str, line: int | None = None
) -> Unreadable:
    finding = Finding(
        file=file,
        element_id=None,
        code=code,
        severity=Severity.ERROR,
        reason=reason,
        way_out=way_out,
        line=line,
    )
    return Unreadable(f"{file}: {reason} {way_out}", [finding])
