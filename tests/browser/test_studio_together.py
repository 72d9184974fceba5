"""Two process owners in one diagram, a connection that is lost, and a session that ends."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenDesk
from tests.browser.drawing import SMALL, Editor, add_task, first_task, open_diagram
from tests.browser.studio import (
    OWNER,
    SECOND,
    begin,
    eventually,
    kept,
    look_again,
    what_came,
)

RENAME = "get('modeling').updateLabel(element(argument[0]), argument[1])"
NAME = "return element(argument).businessObject.name"
VIEW = "const { x, y, scale } = get('canvas').viewbox(); return [x, y, scale]"
DRAWN = "return get('elementRegistry').getAll().map(({ id }) => id).sort()"


def test_what_was_drawn_without_a_connection_is_put_back_after_a_reload(
    visit: OpenDesk,
) -> None:
    desk = visit(OWNER)
    editor = open_diagram(desk, begin(desk, "Zonder verbinding"), SMALL)
    desk.foresee("ERR_FAILED")
    page = editor.page
    page.route("**/api/v1/**", lambda route: route.abort())
    add_task(editor, "Even zonder verbinding")
    expect(editor.saved).to_contain_text("We proberen het opnieuw.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()

    page.unroute("**/api/v1/**")
    expect(page.get_by_role("dialog", name="Niet bewaard werk gevonden")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Wijziging terughalen").click()
    editor.wait_until_saved()
    assert "even_zonder_verbinding" in editor.xml()
    editor.reload()
    assert "even_zonder_verbinding" in editor.xml()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_who_was_logged_out_logs_in_elsewhere_and_loses_nothing(visit: OpenDesk) -> None:
    desk = visit(OWNER)
    editor = open_diagram(desk, begin(desk, "Lang weggeweest"), SMALL)
    page = editor.page
    page.context.clear_cookies()
    add_task(editor, "Na het uitloggen")
    expect(editor.saved).to_contain_text("U bent uitgelogd. Uw wijziging staat in deze browser")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Inloggen in een ander tabblad").click()
    elsewhere = opened.value
    type(desk)(page=elsewhere, url=desk.url).log_in_by_hand(OWNER)
    elsewhere.close()
    look_again(editor.page)

    editor.wait_until_saved()
    expect(page.get_by_text("U bent weer ingelogd. Alles is bewaard.")).to_be_visible()
    editor.reload()
    assert "na_het_uitloggen" in editor.xml()


def test_who_changes_the_same_as_a_colleague_chooses(visit: OpenDesk) -> None:
    here, there = visit(OWNER), visit(SECOND)
    draft = begin(here, "Samen aan een diagram")
    here.page.route("**/presence", lambda route: route.fulfill(json=[]))  # It hears of nobody.
    mine, theirs = open_diagram(here, draft, SMALL), open_diagram(there, draft, SMALL)
    task = first_task(mine)
    theirs.run(RENAME, [task, "Van mijn collega"])
    theirs.wait_until_saved()
    mine.run(RENAME, [task, "Van mij"])

    question = mine.page.get_by_role("dialog", name="Een collega wijzigde hetzelfde")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Die van mijn collega").click()
    mine.wait_until_saved()
    assert "Van mijn collega" in mine.xml()
    expect(mine.page.get_by_text("zijn erbij gekomen.")).to_be_visible()


def test_two_people_see_each_other_and_what_the_other_changed(visit: OpenDesk) -> None:
    here, there = visit(OWNER), visit(SECOND)
    draft = begin(here, "Samen aan een diagram")
    mine, theirs = open_diagram(here, draft, SMALL), open_diagram(there, draft, SMALL)
    expect(theirs.page.locator("[data-presence]")).to_contain_text("Ook in dit bestand")
    task = first_task(mine)
    mine.select(task)
    view = mine.run("return get('canvas').viewbox().x")
    theirs.run("get('modeling').updateLabel(element(argument), 'Van mijn collega')", task)
    theirs.wait_until_saved()

    look_again(mine.page)
    come = mine.page.get_by_text("zijn erbij gekomen.")
    expect(come).to_contain_text("(Functioneel beheer)")
    assert "Van mijn collega" in mine.xml()
    assert mine.run("return get('selection').get().map(({ id }) => id)") == [task]
    assert mine.run("return get('canvas').viewbox().x") == view


def test_what_a_colleague_changed_elsewhere_leaves_alone_what_can_be_undone(
    visit: OpenDesk,
) -> None:
    mine, theirs = both(visit)
    first, second = user_tasks(mine)[:2]
    mine.run(RENAME, [first, "Van mij"])
    mine.wait_until_saved()
    what_came(theirs.page)
    theirs.run(RENAME, [second, "Van mijn collega"])
    theirs.run(
        "get('modeling').moveElements([element(argument)], { x: 0, y: 10 });"
        "get('modeling').setColor([element(argument)], { fill: '#ffeeaa' })",
        second,
    )
    theirs.wait_until_saved()

    assert "Ongedaan maken begint" not in what_came(mine.page)
    place = "const { x, y } = element(argument); return [x, y]"
    assert mine.run(place, second) == theirs.run(place, second)
    mine.page.get_by_role("button", name="Ongedaan maken").click()
    assert mine.run(NAME, first) != "Van mij"
    assert mine.run(NAME, second) == "Van mijn collega"
    mine.wait_until_saved()
    what_came(theirs.page)
    assert sorted(mine.xml().splitlines()) == sorted(theirs.xml().splitlines())


def test_steps_that_a_colleague_adds_and_removes_leave_alone_what_can_be_undone(
    visit: OpenDesk,
) -> None:
    mine, theirs = both(visit)
    first, second = user_tasks(mine)[:2]
    mine.run(RENAME, [first, "Van mij"])
    mine.wait_until_saved()
    mine.select(first)
    view = mine.run(VIEW)
    what_came(theirs.page)
    added = add_task(theirs, "Erbij gekomen")
    theirs.run("get('modeling').removeElements([element(argument)])", second)
    theirs.wait_until_saved()

    assert "Ongedaan maken begint" not in what_came(mine.page)
    eventually(lambda: see_the_same(mine, theirs))
    assert mine.run("return get('selection').get().map(({ id }) => id)") == [first]
    assert mine.run(VIEW) == view
    mine.page.get_by_role("button", name="Ongedaan maken").click()
    assert mine.run(NAME, first) != "Van mij"
    mine.wait_until_saved()
    assert f'id="{added}"' in kept(mine.page)
    assert f'id="{second}"' not in kept(mine.page)
    what_came(theirs.page)
    assert sorted(mine.xml().splitlines()) == sorted(theirs.xml().splitlines())


def see_the_same(mine: Editor, theirs: Editor) -> bool:
    """What a colleague takes long over is saved, and comes, in more than one go."""
    look_again(mine.page)
    return bool(mine.run(DRAWN) == theirs.run(DRAWN))


def test_what_somebody_is_dragging_is_not_taken_out_of_their_hand(visit: OpenDesk) -> None:
    mine, theirs = both(visit)
    task = first_task(mine)
    added = add_task(theirs, "Erbij gekomen")
    theirs.wait_until_saved()
    box = mine.page.locator(f"[data-element-id={task}] .djs-hit").bounding_box()
    assert box
    mine.page.mouse.move(box["x"] + 20, box["y"] + 20)
    mine.page.mouse.down()
    mine.page.mouse.move(box["x"] + 20, box["y"] + 60, steps=4)
    with mine.page.expect_response("**/presence"):
        look_again(mine.page)
    mine.page.mouse.move(box["x"] + 20, box["y"] + 80, steps=4)
    assert added not in mine.run(DRAWN)
    mine.page.mouse.up()

    mine.wait_until_saved()
    expect(mine.page.get_by_text("zijn erbij gekomen.")).to_be_visible()
    assert mine.run(DRAWN) == theirs.run(DRAWN)
    what_came(theirs.page)
    place = "const { x, y } = element(argument); return [x, y]"
    assert mine.run(place, task) == theirs.run(place, task)


def test_when_a_colleague_builds_on_a_step_undoing_it_is_no_longer_offered(
    visit: OpenDesk,
) -> None:
    mine, theirs = both(visit)
    made = add_task(mine, "Van mij")
    mine.wait_until_saved()
    what_came(theirs.page)
    name = mine.page.locator(f"#{first_task(mine)}-naam")
    mine.page.locator(f"#{first_task(mine)}-stap").press("Enter")
    name.focus()
    theirs.run(
        "const shape = get('elementFactory').createShape({ type: 'bpmn:UserTask' });"
        "get('modeling').updateLabel(get('autoPlace').append(element(argument), shape), 'Erna')",
        made,
    )
    theirs.wait_until_saved()

    look_again(mine.page)
    message = mine.page.locator("[data-messages]")
    expect(message).to_contain_text("Ongedaan maken begint hier opnieuw.")
    expect(name).to_be_focused()
    assert not mine.run("return get('commandStack').canUndo()")
    assert mine.run(DRAWN) == theirs.run(DRAWN)
    with mine.page.context.expect_page() as opened:
        message.get_by_role("link", name="Eerdere versies").click()
    versions = opened.value
    expect(versions.get_by_role("heading", level=1)).to_have_text("Eerdere versies")
    versions.get_by_role("button", name="Terugzetten").last.click()
    expect(versions.get_by_text("Het bestand is weer zoals het toen was.")).to_be_visible()
    what_came(theirs.page)
    assert made not in theirs.xml()


def both(visit: OpenDesk) -> tuple[Editor, Editor]:
    """Two people with the same diagram open."""
    here, there = visit(OWNER), visit(SECOND)
    draft = begin(here, "Samen aan een diagram")
    return open_diagram(here, draft, SMALL), open_diagram(there, draft, SMALL)


def user_tasks(editor: Editor) -> list[str]:
    found: list[str] = editor.run(
        "return get('elementRegistry').filter(({ type }) => type === 'bpmn:UserTask')"
        ".map(({ id }) => id)"
    )
    return found
