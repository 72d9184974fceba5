"""How long it takes to check, compile and publish everything that comes with the product."""

import time

from bench.figures import Figure, median
from bench.place import Place
from service.operations import bundle_files
from service.operations.publish import publish

GOAL = 3
OF = "midden-delfland"


def measure(at: Place, *, repeat: int) -> list[Figure]:
    """A publication that is new each time: one word in the profile differs."""
    content = bundle_files.read_bundled(OF)
    times = []
    for number in range(repeat):
        profile = content[bundle_files.PROFILE] + f"# {number}\n".encode()
        begin = time.perf_counter()
        with at.application.sessions.begin() as session:
            result = publish(
                session,
                content={**content, bundle_files.PROFILE: profile},
                published_by="bench",
                reason="meting",
                now=at.now(),
            )
        times.append(time.perf_counter() - begin)
        assert result.changed
    return [
        Figure(
            name="de hele bundel controleren en publiceren",
            value=median(times),
            unit="s",
            goal=GOAL,
            how=f"{len(content)} bestanden",
        )
    ]
