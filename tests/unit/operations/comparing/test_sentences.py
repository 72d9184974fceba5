"""What changed, in the words of who works with it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import orjson
import pytest
from lxml import etree

from service.operations import bundle_files
from service.operations.comparing import FileChange, compare
from tests.unit.operations.comparing.edits import BPMN, PATH, Drawing, Edit, edited

BUNDLE = bundle_files.read_bundled("midden-delfland")
TABLE = "processes/overdracht/ontvanger.dmn"
FORM = "forms/acuut_gevaar/acuut_vastleggen.form"
PROFILE = bundle_files.PROFILE
STEP = "verrijken"


def change_of(path: str, content: bytes, **others: bytes) -> FileChange:
    [found] = [
        one
        for one in compare(BUNDLE, {**BUNDLE, path: content, **others}).files
        if one.path == path
    ]
    return found


def drawn(*edits: Edit) -> FileChange:
    return change_of(PATH, edited(BUNDLE[PATH], *edits))


def replaced(path: str, old: str, new: str) -> tuple[str, ...]:
    assert old.encode() in BUNDLE[path], old
    return change_of(path, BUNDLE[path].replace(old.encode(), new.encode(), 1)).sentences


def asked(edit: Callable[[dict[str, Any], dict[str, Any]], object]) -> FileChange:
    """The form after an edit of it and of its first question."""
    form = json.loads(BUNDLE[FORM])
    edit(form, form["components"][1])
    return change_of(FORM, orjson.dumps(form))


def no_condition(drawing: Drawing) -> None:
    flow = drawing.element("zijn_beiden_het_eens__einde_samen_beoordeeld")
    flow.remove(flow[0])


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            lambda d: d.set_term(STEP, '=na_normtijd(now(), "2wd")'),
            "Termijn van *Signaal verrijken*: van 5 werkdagen (norm *verrijken*) naar 2 werkdagen.",
        ),
        (lambda d: d.remove("advies_vragen"), "*Advies vragen* vervalt."),
        (
            lambda d: d.add_step("bellen", "Bellen met de politie", STEP),
            (
                "Nieuwe stap *Bellen met de politie* voor rol Aandachtsfunctionaris zorg, "
                "na *Signaal verrijken*."
            ),
        ),
        (
            lambda d: d.to_lane("advies_vragen", "zorgcoordinator"),
            (
                "*Advies vragen* staat nu bij Zorgcoördinator mensenhandel (SHOP) "
                "(was Aandachtsfunctionaris zorg); het werk blijft voor wie "
                "‘routering.groepen’ aanwijst."
            ),
        ),
        (
            lambda d: d.assign("advies_vragen", "jz,oov"),
            (
                "*Advies vragen* gaat van wie ‘routering.groepen’ aanwijst naar rol Juridische "
                "zaken en Openbare orde en veiligheid."
            ),
        ),
        (
            lambda d: d.set_condition("is_overleg_nodig__overleg_laten_voeren", "=true"),
            (
                "Voorwaarde van de pijl *Ja* bij *Overleg nodig?*: "
                'van ‘verrijking.overleg_nodig = "ja"’ naar ‘true’.'
            ),
        ),
        (
            no_condition,
            (
                "Voorwaarde van pijl *Ja* bij *Beiden eens?* vervalt (was "
                '‘tweede_beoordeling.eens = "ja"’).'
            ),
        ),
        (
            lambda d: d.connect(STEP, "einde_beoordeeld", "klaar", "Klaar"),
            "Nieuwe pijl *Klaar* van *Signaal verrijken* naar *Beoordeeld*.",
        ),
        (
            lambda d: d.element("is_overleg_nodig__verder_na_overleg").set("targetRef", STEP),
            (
                "Pijl *Nee* bij *Overleg nodig?* gaat nu van *Overleg nodig?* naar "
                "*Signaal verrijken* (was: van *Overleg nodig?* naar keuze)."
            ),
        ),
        (
            lambda d: d.element("is_overleg_nodig").set(
                "default", "is_overleg_nodig__overleg_laten_voeren"
            ),
            "Pijl als geen voorwaarde past van *Overleg nodig?*: van ‘Nee’ naar ‘Ja’.",
        ),
        (lambda d: d.add_lane("jz", "Jurist", []), "Nieuwe rol *Jurist* in het diagram."),
        (lambda d: d.move(STEP, 30), "1 vorm en 4 pijlen verplaatst in de tekening."),
        (
            lambda d: d.element(STEP).set("vreemd", "ja"),
            "Kenmerk vreemd van *Signaal verrijken* is nu ‘ja’.",
        ),
        (
            lambda d: etree.SubElement(d.process, f"{BPMN}message", id="m", name="Antwoord"),
            "Nieuw bericht *Antwoord* in het diagram.",
        ),
    ],
)
def test_a_change_of_a_diagram_is_one_sentence(edit: Edit, told: str) -> None:
    assert drawn(edit).sentences == (told,)


def test_a_role_that_gets_a_step_is_told_what_it_sees_by_that() -> None:
    step = "vermoeden_beoordelen"
    by_lane = edited(BUNDLE[PATH], lambda d: d.assign(step, ""))
    before = {**BUNDLE, PATH: by_lane}
    after = {**BUNDLE, PATH: edited(by_lane, lambda d: d.to_lane(step, "zorgcoordinator"))}
    [change] = compare(before, after).files
    assert change.sentences[0] == (
        "*Vermoeden beoordelen* gaat van rol Aandachtsfunctionaris zorg naar rol "
        "Zorgcoördinator mensenhandel (SHOP)."
    )
    assert change.sentences[1].startswith(
        "Nieuwe rol ziet straf: Zorgcoördinator mensenhandel (SHOP) ziet bij *Vermoeden beoordelen*"
    )


def test_elements_are_marked_by_what_happened_to_them() -> None:
    change = drawn(
        lambda d: d.add_step("bellen", "Bellen", STEP),
        lambda d: d.remove("advies_vragen"),
        lambda d: d.rename("advies_geven", "Adviseren"),
        lambda d: d.move("vermoeden_beoordelen", 10),
        lambda d: d.move("advies_geven", 10),
    )
    marks: Mapping[str, str] = change.marks
    steps = ("bellen", "advies_vragen", "advies_geven", "vermoeden_beoordelen", STEP)
    assert [marks.get(step) for step in steps] == ["added", "removed", "changed", "moved", None]
    assert [line.element for line in change.lines][:2] == ["bellen", "advies_vragen"]


def test_only_another_way_of_writing_is_told_as_that() -> None:
    content = BUNDLE[PATH].replace(b'"/>', b'" />')
    assert change_of(PATH, content).sentences == (
        "Alleen anders opgeschreven; wat dit bestand doet, is hetzelfde.",
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"riec"', '"zvh"', "Regel 3: uitkomst *Ontvanger*: riec → zvh."),
        ('"C"', '"D"', "Regel 3: voorwaarde *Hoofdroute*: C → D."),
        (
            'hitPolicy="FIRST"',
            'hitPolicy="UNIQUE"',
            "Welke regel telt: van ‘de eerste regel die past’ naar ‘de enige regel die past’.",
        ),
        (
            "Ondermijning: het RIEC.",
            "Het RIEC.",
            "Toelichting van regel 3: van ‘Ondermijning: het RIEC.’ naar ‘Het RIEC.’.",
        ),
        (
            'label="Hoofdroute"',
            'label="Route"',
            "Naam van kolom *Route*: van ‘Hoofdroute’ naar ‘Route’.",
        ),
    ],
)
def test_a_change_of_a_table_is_one_sentence(old: str, new: str, told: str) -> None:
    assert replaced(TABLE, old, new) == (told,)


def test_rules_that_come_and_go_are_told_with_what_they_say() -> None:
    rule = BUNDLE[TABLE].split(b"      <rule ")[3]
    without = BUNDLE[TABLE].replace(b"      <rule " + rule, b"")
    said = "als *Hoofdroute* C dan *Ontvanger* riec."
    assert change_of(TABLE, without).sentences == (f"Regel 3 vervalt: {said}",)
    [back] = compare({**BUNDLE, TABLE: without}, BUNDLE).files
    assert back.sentences == (f"Nieuwe regel 3: {said}",)


def test_rules_in_another_order_are_told_by_their_numbers() -> None:
    parts = BUNDLE[TABLE].split(b"      <rule ")
    turned = b"      <rule ".join([parts[0], parts[2], parts[1], *parts[3:]])
    assert change_of(TABLE, turned).sentences == (
        "Volgorde: regel 2 is nu regel 1.",
        "Volgorde: regel 1 is nu regel 2.",
    )


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            lambda _, q: q["validate"].update(required=False),
            "Veld *Is 112 gebeld?* is niet meer verplicht.",
        ),
        (lambda _, q: q.update(label="112?"), "Vraag *Is 112 gebeld?* heet nu *112?*."),
        (
            lambda _, q: q["values"].append({"label": "Onbekend", "value": "x"}),
            "Nieuwe keuze *Onbekend* bij *Is 112 gebeld?*.",
        ),
        (lambda _, q: q["values"].pop(), "Keuze *Nee* bij *Is 112 gebeld?* vervalt."),
        (
            lambda _, q: q["properties"].update(doel="Cijfers"),
            (
                "Doelbinding van *Is 112 gebeld?*: van ‘Vastleggen dat er hulp is gevraagd’ "
                "naar ‘Cijfers’."
            ),
        ),
        (lambda f, q: f["components"].remove(q), "Vraag *Is 112 gebeld?* vervalt."),
        (
            lambda f, _: f["components"].append(
                {"id": "n", "type": "number", "key": "n", "label": "Hoeveel?"}
            ),
            "Nieuwe vraag *Hoeveel?* (getal).",
        ),
        (lambda _, q: q.update(vreemd=1), "Kenmerk vreemd van *Is 112 gebeld?* is nu ‘1’."),
        (
            lambda f, q: (f["components"].remove(q), f["components"].append(q)),
            "*Is 112 gebeld?* staat nu na *Afspraken*.",
        ),
    ],
)
def test_a_change_of_a_form_is_one_sentence(
    edit: Callable[[dict[str, Any], dict[str, Any]], object], told: str
) -> None:
    assert asked(edit).sentences == (told,)


def test_another_domain_is_told_with_who_sees_the_answer_by_that() -> None:
    told = asked(lambda _, q: q["properties"].update(domein="straf")).sentences
    assert told[0] == "Domein van *Is 112 gebeld?*: van ‘signaal’ naar ‘straf’."
    assert told[1].startswith("Het antwoord op *Is 112 gebeld?* zien niet meer: Ketenregisseur")


ROLE = '[rollen.burgerzaken]\nnaam = "Burgerzaken"\ndomeinen = ["algemeen", "voorziening"]\n'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '\ntriage = "2wd"',
            '\ntriage = "3wd"',
            "Norm *triage*: van 2 naar 3 werkdagen (*Triage*).",
        ),
        (
            '\ntriage = "2wd"',
            '\ntriage = "PT4H"',
            "Norm *triage*: van 2 werkdagen naar 4 uur (*Triage*).",
        ),
        (
            ROLE,
            ROLE.replace('"voorziening"', '"voorziening", "straf"'),
            "Rol *Burgerzaken* ziet voortaan ook: straf.",
        ),
        (
            ROLE,
            ROLE.replace(', "voorziening"', ""),
            "Rol *Burgerzaken* ziet niet meer: voorziening.",
        ),
        (ROLE, "", "Rol *Burgerzaken* vervalt."),
        (
            ROLE,
            f'{ROLE}achtervang = "jz"\n',
            "Achtervang van rol *Burgerzaken* is nu ‘Juridische zaken’.",
        ),
        (ROLE, f"{ROLE}publiceert = true\n", "Rol *Burgerzaken* mag voortaan publiceren."),
        (
            ROLE,
            f'[rollen.wijk]\nnaam = "Wijkteam"\ndomeinen = ["zorg"]\n\n{ROLE}',
            "Nieuwe rol *Wijkteam* ziet: zorg.",
        ),
        ('shop_regel = "', 'shop_regel = "niet_', None),
        (
            "[rollen.melder]",
            "# Iets nieuws.\n[rollen.melder]",
            "De toelichting bij rol *Melder* is gewijzigd.",
        ),
    ],
)
def test_a_change_of_the_profile_is_one_sentence(old: str, new: str, told: str | None) -> None:
    [found] = replaced(PROFILE, old, new)
    assert found == told or (told is None and found.startswith("Instelling *shop_regel*: van"))


def test_files_that_come_and_go_are_told() -> None:
    path = "forms/acuut_gevaar/nieuw.form"
    content = orjson.dumps(
        {"title": "Bellen", "components": [{"id": "n", "type": "textfield", "label": "Met wie?"}]}
    )
    [new] = compare(BUNDLE, {**BUNDLE, path: content}).files
    [told] = new.sentences
    assert new.what == "new"
    assert told.startswith("Nieuw: formulier *")
    assert told.endswith("*, met *Met wie?*.")
    [gone] = compare({TABLE: BUNDLE[TABLE]}, {}).files
    assert (gone.what, gone.sentences) == (
        "gone",
        ("Vervalt: beslistabel *Ontvanger*, met 8 regels.",),
    )
    assert compare(BUNDLE, dict(BUNDLE)).files == ()


def test_a_new_step_in_a_scenario_is_told_with_its_number() -> None:
    path = "processes/overleg/scenarios/proef.toml"
    before = b'naam = "x"\n\n[[stap]]\nrol = "oov"\ntaak = "een"\n\n[[stap]]\nwacht = "P1D"\n'
    after = before.replace(
        b"[[stap]]\nwacht", b'[[stap]]\nrol = "jz"\ntaak = "twee"\n\n[[stap]]\nwacht'
    )
    [change] = compare({path: before}, {path: after}).files
    assert change.sentences == ("Nieuwe stap 2: rol jz; taak twee.",)


def test_a_file_in_no_place_of_a_bundle_is_compared_by_its_ending() -> None:
    path = "processes/Los/Overleg.bpmn"
    content = edited(BUNDLE[PATH], lambda d: d.rename(STEP, "Opzoeken"))
    [change] = compare({path: BUNDLE[PATH]}, {path: content}).files
    assert change.sentences == ("*Signaal verrijken* heet nu *Opzoeken*.",)
    assert change.name == "Overleg.bpmn"


def test_a_file_that_cannot_be_read_is_told_as_that() -> None:
    told = change_of(PATH, b"<kapot").sentences
    assert told[0] == "Dit bestand is gewijzigd, en niet te lezen."
