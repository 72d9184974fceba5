"""How long it takes to say of a thousand open cases what publishing a draft would do to them."""

import time
from uuid import UUID, uuid4

from sqlalchemy import select

from bench.figures import Figure
from bench.place import Place
from bench.publishing import OF
from service.domain.actor import Actor
from service.operations import bundle_files
from service.operations.accounts import actor_of, create_user
from service.operations.publish import publish
from service.operations.report_signal import report_signal
from service.operations.run_service_task import run_service_task
from service.operations.studio.draft_files import ToSave, save_file
from service.operations.studio.drafts import open_draft
from service.operations.studio.publishing.impact import preview_impact
from service.storage import Job

CASES, GOAL = 1_000, 10
DIAGRAM = "processes/meldroute_signaal/meldroute_signaal.bpmn"
_SIGNAL = {
    "hoedanigheid": "anoniem",
    "anoniem": "ja",
    "acuut_gevaar": "nee",
    "omschrijving": "Zes nieuwkomers op één adres; één man voert het woord en heeft alle passen.",
    "adres": "Dorpsstraat 1, Voorbeelddorp",
    "gaat_over": ["slachtoffer"],
    "vorm": "arbeid",
    "terugkoppeling_gewenst": "nee",
    "minderjarig": "nee",
}


def measure(at: Place, *, cases: int = CASES) -> list[Figure]:
    """Every page after the other, the first with the checks of the draft."""
    content = bundle_files.read_bundled(OF)
    with at.application.sessions.begin() as session:
        publish(session, content=content, published_by="bench", reason="meting", now=at.now())
    actor = _owner(at)
    for _ in range(cases):
        _begun(at)
    draft_id = _drafted(at, actor, content[DIAGRAM])
    pages: list[float] = []
    after, seen, processor = None, 0, time.process_time()
    while True:
        begin = time.perf_counter()
        with at.application.sessions.begin() as session:
            page = preview_impact(
                session,
                at.application.collaborators,
                draft_id=draft_id,
                actor=actor,
                now=at.now(),
                after=after,
            )
        pages.append(time.perf_counter() - begin)
        seen, after = seen + len(page.cases), page.next_reference
        if after is None:
            break
    assert seen == page.total == cases
    name = f"gevolgen van een concept, {cases:,} lopende zaken".replace(",", ".")
    processor = time.process_time() - processor
    how = f"{len(pages)} bladzijden, {processor:.1f} s processor, de controle erbij"
    return [Figure(name=name, value=sum(pages), unit="s", goal=GOAL, how=how)]


def _owner(at: Place) -> Actor:
    with at.application.sessions.begin() as session:
        user_id = create_user(
            session,
            municipality=OF,
            email="eigenaar@voorbeeld.example",
            name="Ed de Eigenaar",
            password="een-lang-wachtwoord",  # noqa: S106 - of a database that is thrown away
            roles={"functioneel-beheer"},
            now=at.now(),
        )
        actor = actor_of(session, user_id=user_id)
        assert actor is not None
        return actor


def _begun(at: Place) -> None:
    """A signal with its triage open."""
    parts = at.application.collaborators
    with at.application.sessions.begin() as session:
        report_signal(
            session,
            parts,
            actor=None,
            municipality=OF,
            answers={"signaal": _SIGNAL},
            submission_id=uuid4(),
            now=at.now(),
        )
        session.flush()
        for job_id in session.scalars(select(Job.id).where(Job.state == "waiting")).all():
            run_service_task(session, parts, job_id=job_id, now=at.now())


def _drafted(at: Place, actor: Actor, diagram: bytes) -> UUID:
    """A draft in which triage is called otherwise."""
    parts, now = at.application.collaborators, at.now()
    changed = diagram.replace(b'name="Triage"', b'name="Eerste blik"')
    assert changed != diagram
    with at.application.sessions.begin() as session:
        draft_id = open_draft(session, parts, title="meting", actor=actor, now=now)
        file = ToSave(path=DIAGRAM, content=changed, revision=0)
        save_file(session, parts, draft_id=draft_id, file=file, actor=actor, now=now)
    return draft_id
