"""The registers of the network over the API."""

from tests.api.conftest import ApiOffice

LIST = "/registers/afspraken"


def entry(api: ApiOffice, name: str) -> dict[str, object]:
    [found] = [e for e in api.read("af-zorg", LIST)["entries"] if e["name"] == name]
    return dict(found)


def test_an_agreement_is_changed_by_who_read_it_last(api: ApiOffice) -> None:
    before = entry(api, "Veiligheidshuisconvenant")
    values = {**dict(before["values"]), "valid_until": "2031-05-31"}  # type: ignore[call-overload]
    address = f"{LIST}/{before['id']}"
    body = {"revision": before["revision"], "values": values}
    changed = api.ask("af-zorg", "PUT", address, json=body)
    assert changed.status_code == 200, changed.json
    assert changed.json is not None
    assert changed.json["history"][0]["changes"] == {"valid_until": ["2029-12-31", "2031-05-31"]}
    lost = api.ask("af-veiligheid", "PUT", address, json=body)
    assert lost.status_code == 409
    assert lost.json is not None
    assert "intussen gewijzigd" in lost.json["message"]


def test_what_does_not_fit_is_told_by_field(api: ApiOffice) -> None:
    wrong = api.ask(
        "af-zorg",
        "POST",
        LIST,
        json={"values": {"name": "X", "kind": "handdruk", "valid_from": "morgen", "kleur": 1}},
    )
    assert wrong.status_code == 422
    assert wrong.json is not None
    assert set(wrong.json["errors"]["json"]) == {"kleur", "parties", "valid_from"}


def test_ending_and_restoring_are_changes_too(api: ApiOffice) -> None:
    before = entry(api, "RIEC-convenant")
    address = f"{LIST}/{before['id']}"
    ended = api.ask("af-zorg", "POST", f"{address}/end", json={"revision": 1, "why": "Opgezegd."})
    assert ended.json is not None
    assert (ended.json["state"], ended.json["ended_why"]) == ("ingetrokken", "Opgezegd.")
    assert "RIEC-convenant" in str(api.read("af-zorg", LIST, ended="true"))
    back = api.ask("af-zorg", "POST", f"{address}/restore", json={"revision": 2})
    assert back.json is not None
    assert (back.json["state"], back.json["revision"]) == ("geldig", 3)


def test_a_list_goes_on_where_it_stopped(api: ApiOffice) -> None:
    names, after = [], None
    while True:
        asked = {"limit": "1", **({"after": after} if after else {})}
        page = api.read("oov", LIST, **asked)
        names += [e["name"] for e in page["entries"]]
        after = page["next"]
        if after is None:
            break
    assert names == sorted(names)
    assert len(names) == len(set(names)) == 4
