"""A plan for moving cases from one publication to another, as a person reads and changes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import InvalidInput, NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.published import Published
from service.storage import Instance, Publication
from service.storage.instance import ENDED

_MOST_NAMED = 5
"""How many mistakes in a plan one message names."""


@dataclass(frozen=True, kw_only=True)
class MovePlan:
    """Where each element goes, from one publication to a newer one."""

    source: int
    target: int
    moves: tuple[engine.Move, ...]

    def as_json(self) -> dict[str, Any]:
        """The form in which a person edits it; of a move, ``to`` is what may be changed."""
        return {
            "from": self.source,
            "to": self.target,
            "moves": [
                {
                    "process": move.process_id,
                    "element": move.element_id,
                    "name": move.name,
                    "type": move.type,
                    "to": move.to,
                    "why": move.why,
                }
                for move in self.moves
            ],
        }


@dataclass(frozen=True, kw_only=True)
class MoveRequest:
    """Which cases are to go where, and how."""

    target: int
    """The number of the publication."""
    plans: Sequence[Mapping[str, Any]] = ()
    """In their JSON form, one for each publication that cases come from; without, as suggested."""
    cases: Sequence[str] | None = None
    """Kenmerken or ids; without, all that run on an older publication."""


def suggest_plan(
    session: Session,
    collaborators: Collaborators,
    *,
    source: int,
    target: int,
    actor: Actor,
) -> MovePlan:
    """What is suggested for the cases that run on ``source``; both are numbers of publications.

    It names the elements of the processes in which such cases run, and of those that they call;
    of all processes when no case runs there.

    Raises:
        NotFound: the actor's role does not publish, or there is no such publication.
        InvalidInput: the target is not the newer one.
    """
    require_publisher(session, collaborators, actor)
    old, new = both(session, collaborators, actor.municipality, source, target)
    return suggestion(session, old, new)


def suggestion(session: Session, old: Published, new: Published) -> MovePlan:
    """What is suggested for the cases that run on the older of two publications."""
    running = session.scalars(
        select(Instance.process_id)
        .where(Instance.publication_id == old.id, Instance.status.not_in(ENDED))
        .distinct()
    )
    named = with_called(old, running.all()) or sorted(old.bundle.processes)
    return MovePlan(
        source=old.number,
        target=new.number,
        moves=engine.plan_migration(old.bundle, new.bundle, named).moves,
    )


def require_publisher(session: Session, collaborators: Collaborators, actor: Actor) -> None:
    """Raises NotFound unless one of the actor's roles moves cases; that sounds like absence."""
    profile = collaborators.publications.current(session, actor.municipality).profile
    if not rights.publishes(actor, profile):
        raise NotFound("Het overzetten van zaken is er alleen voor wie publiceert.")


def both(
    session: Session, collaborators: Collaborators, municipality: str, source: int, target: int
) -> tuple[Published, Published]:
    """Two publications of a municipality, by number.

    Raises:
        NotFound: one of them is not there.
        InvalidInput: the target is not the newer one.
    """
    require_newer(target, source)
    return (
        by_number(session, collaborators, municipality, source),
        by_number(session, collaborators, municipality, target),
    )


def require_newer(target: int, source: int) -> None:
    """Raises InvalidInput unless cases can go from the one publication to the other."""
    if target <= source:
        raise InvalidInput(
            f"Publicatie {target} is niet nieuwer dan {source}; zaken gaan alleen vooruit. "
            "Terug kan met het ongedaan maken van een overzetting."
        )


def by_number(
    session: Session, collaborators: Collaborators, municipality: str, number: int
) -> Published:
    """A publication of a municipality.

    Raises:
        NotFound: it has no publication of this number.
    """
    key = session.scalar(
        select(Publication.id).where(
            Publication.municipality == municipality, Publication.number == number
        )
    )
    if key is None:
        raise NotFound(f"Publicatie {number} bestaat niet; kijk welke er zijn.")
    return collaborators.publications.get(session, key)


def with_called(published: Published, process_ids: Iterable[str]) -> list[str]:
    """These processes and all that they call, sorted."""
    found: set[str] = set()
    todo = list(process_ids)
    while todo:
        process_id = todo.pop()
        if process_id in found or process_id not in published.bundle.processes:
            continue
        found.add(process_id)
        steps = published.bundle.processes[process_id].steps
        todo += [step.called for step in steps if step.called]
    return sorted(found)


class Plans:
    """The plan for each publication that cases come from; those nobody gave are suggestions."""

    def __init__(self, target: Published, given: Iterable[Mapping[str, Any]]) -> None:
        """``given`` are plans in their JSON form."""
        self.target = target
        self._given = {int(plan["from"]): plan["moves"] for plan in given}
        self._made: dict[int, engine.Plan] = {}

    def of(self, old: Published) -> engine.Plan:
        """The plan for cases of ``old``.

        Raises:
            InvalidInput: what was given names an element that is not there.
        """
        if old.number not in self._made:
            moves = self._given.get(old.number, ())
            self._made[old.number] = confirmed(old, self.target, moves)
        return self._made[old.number]


def checked_plans(
    session: Session,
    collaborators: Collaborators,
    *,
    municipality: str,
    request: MoveRequest,
    unpublished: Published | None = None,
) -> Plans:
    """The plans that somebody gives, each checked against its publications.

    ``unpublished`` is the target when it is a draft: the request has the number it would get.

    Raises:
        NotFound: there is no such publication.
        InvalidInput: a plan is for another target, or names what is not there.
    """
    target, given = request.target, request.plans
    new = unpublished or by_number(session, collaborators, municipality, target)
    plans = Plans(new, given)
    sources = [plan["from"] for plan in given]
    if twice := sorted({number for number in sources if sources.count(number) > 1}):
        raise InvalidInput(f"Er zijn meer plannen voor publicatie {twice[0]}; geef er een.")
    for plan in given:
        if plan["to"] != target:
            raise InvalidInput(
                f"Dit plan is voor publicatie {plan['to']}, niet voor {target}; vraag een nieuw."
            )
        require_newer(target, plan["from"])
        plans.of(by_number(session, collaborators, municipality, plan["from"]))
    return plans


def confirmed(old: Published, new: Published, moves: Sequence[Mapping[str, Any]]) -> engine.Plan:
    """The suggestion for a whole publication, with what a person has changed.

    Raises:
        InvalidInput: an element or target is not there, or is of another kind.
    """
    found = engine.plan_migration(old.bundle, new.bundle, sorted(old.bundle.processes)).moves
    by_element = {(move.process_id, move.element_id): move for move in found}
    if wrong := list(islice(_wrong(by_element, new, moves), _MOST_NAMED)):
        raise InvalidInput(f"Het plan klopt niet. {' '.join(wrong)}")
    for raw in moves:
        key = (raw["process"], raw["element"])
        by_element[key] = replace(by_element[key], to=raw["to"])
    return engine.Plan(moves=tuple(by_element.values()))


def _wrong(
    known: Mapping[tuple[str, str], engine.Move],
    new: Published,
    moves: Sequence[Mapping[str, Any]],
) -> Iterator[str]:
    for raw in moves:
        process_id, element_id, to = raw["process"], raw["element"], raw["to"]
        move = known.get((process_id, element_id))
        if move is None:
            yield f"{element_id!r} staat niet in proces {process_id!r} van de oude publicatie."
        elif to is not None and (problem := _no_target(new, move, to)):
            yield problem


def _no_target(new: Published, move: engine.Move, to: str) -> str | None:
    process = new.bundle.processes.get(move.process_id)
    kinds = {step.element_id: step.type for step in process.steps} if process else {}
    if to not in kinds:
        return f"{to!r} staat niet in proces {move.process_id!r} van de nieuwe publicatie."
    if kinds[to] != move.type:
        return (
            f"{move.element_id!r} is een {move.type} en {to!r} een {kinds[to]}; "
            "kies iets van dezelfde soort."
        )
    return None
