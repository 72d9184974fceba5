"""Two process owners in one diagram."""

import pytest

from service.domain.xml import read_xml
from service.operations.comparing import Merged, merge
from tests.unit.operations.comparing.edits import (
    PATH,
    ROOT,
    WAY,
    Drawing,
    Edit,
    dangling,
    edited,
)

BASE = (ROOT / PATH).read_bytes()
STEP, GATEWAY = "verrijken", "is_overleg_nodig"


def both(mine: Edit, theirs: Edit, prefer: str | None = None) -> Merged:
    return merge(
        PATH,
        base=BASE,
        mine=edited(BASE, mine),
        theirs=edited(BASE, theirs),
        prefer=prefer,  # type: ignore[arg-type]
    )


def drawing(merged: Merged) -> Drawing:
    assert merged.conflicts == ()
    return Drawing(merged.content)


def test_who_changed_different_steps_have_no_conflict() -> None:
    found = drawing(
        both(lambda d: d.rename(STEP, "Opzoeken"), lambda d: d.rename("advies_vragen", "Vragen"))
    )
    assert found.element(STEP).get("name") == "Opzoeken"
    assert found.element("advies_vragen").get("name") == "Vragen"


def test_who_changed_different_things_of_one_step_have_no_conflict() -> None:
    found = drawing(
        both(lambda d: d.rename(STEP, "Opzoeken"), lambda d: d.set_term(STEP, "=nieuw"))
    )
    assert found.element(STEP).get("name") == "Opzoeken"
    assert b'dueDate="=nieuw"' in found.content


def test_who_moved_and_who_renamed_one_step_have_no_conflict() -> None:
    found = drawing(both(lambda d: d.move(STEP, 50), lambda d: d.rename(STEP, "Opzoeken")))
    [box] = (b for b in found.drawn(STEP) if b.get("width"))
    assert box.get("x") == "425"


def test_who_moved_both_ends_of_one_arrow_have_no_conflict() -> None:
    found = drawing(
        both(lambda d: d.move("advies_vragen", 30), lambda d: d.move("advies_geven", 40))
    )
    ways = [int(w.get("x", "")) for w in found.drawn("advies_vragen__advies_geven").iter(WAY)]
    old = Drawing(BASE).drawn("advies_vragen__advies_geven").iter(WAY)
    before = [int(w.get("x", "")) for w in old]
    assert (ways[0] - before[0], ways[-1] - before[-1]) == (30, 40)


def test_who_each_added_a_step_both_have_it() -> None:
    found = drawing(
        both(
            lambda d: d.add_step("bellen", "Bellen", STEP),
            lambda d: d.add_step("mailen", "Mailen", STEP),
        )
    )
    assert {"bellen", "mailen"} <= {*found.steps()}
    assert dangling(found.content) == []


def test_who_made_a_pool_larger_both_get_their_room() -> None:
    def taller(by: int) -> Edit:
        def edit(drawing: Drawing) -> None:
            [box] = (b for b in drawing.drawn("beoordelen_vermoeden_deelnemer") if b.get("width"))
            box.set("height", str(690 + by))

        return edit

    found = drawing(both(taller(100), taller(50)))
    [box] = (b for b in found.drawn("beoordelen_vermoeden_deelnemer") if b.get("width"))
    assert box.get("height") == "840"


@pytest.mark.parametrize(("prefer", "name"), [("mine", "Opzoeken"), ("theirs", "Nagaan")])
def test_one_name_changed_by_both_is_for_a_person_to_choose(prefer: str, name: str) -> None:
    merged = both(lambda d: d.rename(STEP, "Opzoeken"), lambda d: d.rename(STEP, "Nagaan"), prefer)
    assert merged.conflicts == ("Naam van *Signaal verrijken*: u ‘Opzoeken’, uw collega ‘Nagaan’.",)
    assert Drawing(merged.content).element(STEP).get("name") == name


def test_terms_in_conflict_read_as_terms() -> None:
    merged = both(
        lambda d: d.set_term(STEP, '=na_normtijd(now(), "5wd")'),
        lambda d: d.set_term(STEP, "=na_normtijd(now(), gemeente.normtijden.triage)"),
    )
    assert merged.conflicts == (
        "Termijn van *Signaal verrijken*: u ‘5 werkdagen’, uw collega ‘norm triage’.",
    )


def test_a_step_in_two_lanes_is_a_conflict_and_ends_in_one() -> None:
    merged = both(
        lambda d: d.add_lane("burgerzaken", "Burgerzaken", [STEP]),
        lambda d: d.to_lane(STEP, "zorgcoordinator"),
    )
    [told] = merged.conflicts
    assert told.startswith("Rol van *Signaal verrijken*: u ‘Burgerzaken’, uw collega")
    assert merged.content.count(b"<bpmn:flowNodeRef>verrijken<") == 1


@pytest.mark.parametrize("prefer", ["mine", "theirs"])
def test_an_arrow_to_a_step_that_a_colleague_removed_is_a_conflict(prefer: str) -> None:
    merged = both(
        lambda d: d.connect(STEP, "advies_vragen", "nieuwe_pijl", "Meteen"),
        lambda d: d.remove("advies_vragen"),
        prefer,
    )
    assert merged.conflicts == (
        "*Advies vragen*: uw collega heeft dit weggehaald, u wijzigde dit of gebruikt het.",
    )
    assert dangling(merged.content) == []
    there = {e.get("id") for e in read_xml(merged.content, file=PATH).iter()}
    assert ({"advies_vragen", "nieuwe_pijl"} <= there) is (prefer == "mine")
    assert ("shop_regel_bij_advies__advies_vragen" in there) is (prefer == "mine")


def test_a_step_that_one_removed_and_the_other_only_moved_is_gone() -> None:
    found = drawing(both(lambda d: d.remove("advies_vragen"), lambda d: d.move("advies_vragen", 9)))
    assert "advies_vragen" not in found.steps()


def test_a_detail_that_one_removed_and_the_other_changed_is_named() -> None:
    def no_term(drawing: Drawing) -> None:
        around = drawing.element(STEP)[1]
        around.remove(around[2])

    merged = both(no_term, lambda d: d.set_term(STEP, "=nieuw"))
    [told] = merged.conflicts
    assert told.startswith("Termijn van *Signaal verrijken*: u hebt dit weggehaald, uw collega")


def test_one_step_moved_by_both_is_a_conflict() -> None:
    merged = both(lambda d: d.move(STEP, 10), lambda d: d.move(STEP, 20))
    assert merged.conflicts == (
        "Plaats van *Signaal verrijken*: u en uw collega hebben dit veranderd.",
    )


def test_what_nobody_changed_stays_as_it_was_written() -> None:
    mine = BASE.replace(b'name="Signaal verrijken"', b'name="Opzoeken"')
    theirs = BASE.replace(b'name="Advies vragen"', b'name="Vragen"')
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs)
    assert merged.content == mine.replace(b'name="Advies vragen"', b'name="Vragen"')


def test_other_prefixes_of_another_editor_mean_the_same() -> None:
    theirs = BASE.replace(b"bpmn:", b"semantic:").replace(b"xmlns:bpmn=", b"xmlns:semantic=")
    mine = edited(BASE, lambda d: d.rename(STEP, "Opzoeken"))
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs)
    assert merged.conflicts == ()
    assert b"semantic" not in merged.content
    assert b'xsi:type="bpmn:tFormalExpression"' in merged.content


def test_a_file_that_one_took_away_and_the_other_changed_is_a_conflict() -> None:
    mine = edited(BASE, lambda d: d.rename(STEP, "Opzoeken"))
    merged = merge(PATH, base=BASE, mine=mine, theirs=b"")
    assert merged.content == mine
    assert merged.conflicts == (f"{PATH}: uw collega heeft dit weggehaald, u wijzigde dit.",)


def test_whose_the_other_change_is_reads_in_every_sentence() -> None:
    def changed(name: str, dx: int) -> bytes:
        drawing = Drawing(BASE)
        drawing.rename(STEP, name)
        drawing.move(STEP, dx)
        return drawing.content

    mine = changed("Opzoeken", 10)
    for theirs, told in (
        (
            changed("Nagaan", 20),
            (
                "Naam van *Signaal verrijken*: u ‘Opzoeken’, publicatie 7 ‘Nagaan’.",
                "Plaats van *Signaal verrijken*: u en publicatie 7 hebben dit veranderd.",
            ),
        ),
        (b"", (f"{PATH}: publicatie 7 heeft dit weggehaald, u wijzigde dit.",)),
    ):
        merged = merge(PATH, base=BASE, mine=mine, theirs=theirs, other="publicatie 7")
        assert merged.conflicts == told
