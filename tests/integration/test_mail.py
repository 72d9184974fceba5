"""Mail says that there is something to do, and never what."""

from service.operations.mail import Mail
from tests.integration import everything, steps
from tests.integration.conftest import DEMO, SIGNAL, Office


def to_the_reporter(office: Office) -> list[str]:
    return [mail.subject for mail in office.post.sent if mail.recipient == SIGNAL["email"]]


def announced(office: Office, reference: str) -> None:
    office.announce([task.id for task in office.tasks(reference)])


def test_no_mail_of_a_whole_case_holds_anything_that_was_typed(office: Office) -> None:
    reference = office.report(acuut_gevaar="ja").reference
    announced(office, reference)
    office.later(hours=2)
    office.do("af-zorg", "acuut_vastleggen", acuut=steps.ACUTE)
    office.do(
        "af-zorg",
        "veiligheid_borgen",
        veiligheid={
            "betrokkene": "veilig",
            "melder": "veilig",
            "minderjarig": "nee",
            "slachtoffer_veilig_plaatsbaar": "niet_nodig",
            "afspraken": steps.AGREED,
        },
    )
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION, toelichting=steps.WHY)
    announced(office, reference)
    [signal] = office.own_signals("melder")
    assert signal.open_task_id is not None
    office.complete("melder", signal.open_task_id, aanvulling={"tekst": steps.ANSWER})
    steps.triaged(office, toelichting=steps.WHY)
    steps.enriched(office)
    steps.judged(office, "ja")
    steps.routed(office, "A", "zorgcoordinator")
    steps.allowed(office)
    steps.handed_to(office, "zorgcoordinator")
    announced(office, reference)
    steps.accepted(office, "zorgcoordinator")
    steps.told(office)

    assert len(office.post.sent) > 10
    for mail in office.post.sent:
        for typed in steps.TYPED:
            assert typed.lower() not in f"{mail.subject}\n{mail.body}".lower()


def test_the_reporter_gets_a_receipt_a_question_and_news(office: Office) -> None:
    reference = office.report().reference
    assert to_the_reporter(office) == ["Uw melding is ontvangen"]
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    announced(office, reference)
    assert to_the_reporter(office)[1:] == ["Wij hebben een vraag over uw melding"]


def test_the_address_of_the_reporter_stays_in_the_melderkluis(office: Office) -> None:
    office.report()
    assert to_the_reporter(office)
    for secret in (SIGNAL["email"], SIGNAL["naam"]):
        assert everything.holding(office.application.engine, secret) == []


def test_no_log_shows_who_reported(office: Office) -> None:
    office.report()
    mails: list[Mail] = office.post.sent
    assert [m.recipient for m in mails if m.confidential] == [SIGNAL["email"]]


def test_whoever_cannot_be_reached_safely_gets_no_mail(office: Office) -> None:
    office.report(veilig_terugbellen="nee")
    assert office.post.sent == []


def test_everybody_of_the_role_hears_of_a_task(office: Office) -> None:
    announced(office, office.report().reference)
    staff = [mail for mail in office.post.sent if not mail.confidential]
    assert [mail.recipient for mail in staff] == [f"af-zorg@{DEMO}.example"]
    assert staff[0].subject == "Er staat een taak voor u klaar"
