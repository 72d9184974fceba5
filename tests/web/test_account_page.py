"""Tokens for programs, and the page about the API."""

from tests.web.conftest import Staff, Visitor


def test_a_token_is_shown_once_works_and_can_be_withdrawn(staff: Staff) -> None:
    desk = staff("af-zorg")
    desk.get("/account")
    page = desk.submit("/tokens", {"naam": "Rapportage"})
    token = page.tree.get_element_by_id("token").text
    headers = {"Authorization": f"Bearer {token}"}
    assert desk.client.get("/api/v1/tasks", headers=headers).status_code == 200
    assert token not in desk.get("/account").response.text

    page = desk.submit("/intrekken")
    assert "U hebt geen tokens" in page.text
    assert desk.client.get("/api/v1/tasks", headers=headers).status_code == 401


def test_the_api_page_lists_every_operation_of_the_document(stranger: Visitor) -> None:
    page = stranger.get("/api/docs")
    document = stranger.client.get("/api/v1/openapi.json").json
    listed = {
        (form.get("data-method").lower(), form.get("data-path"))
        for form in page.tree.xpath("//form[@data-try]")
    }

    verbs = {"get", "post", "put", "patch", "delete"}
    assert listed == {
        (verb, path)
        for path, methods in document["paths"].items()
        for verb in methods.keys() & verbs
    }
    ids = page.tree.xpath("//@id")
    assert len(ids) == len(set(ids))
