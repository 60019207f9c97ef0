"""Runs scenarios in child processes that kill themselves, and looks what is left."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from photosort.errors import LibraryDamaged
from photosort.progress import Job
from photosort.safe_files import is_part
from photosort.usecases import checking
from photosort.usecases.session import recovery
from tests.e2e.faults import model
from tests.e2e.faults.model import Facts
from tests.e2e.faults.moments import Moments
from tests.e2e.faults.scenarios import SCENARIOS
from tests.e2e.faults.world import Scenario, World


@dataclass
class Course:
    """How a scenario goes undisturbed.

    Attributes:
        states: what was decided before the first step and after each.
        moments: at how many it could die.
        seen: use cases that were at work.
    """

    states: list[Facts] = field(default_factory=list)
    moments: int = 0
    seen: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class Kill:
    """One kill.

    Attributes:
        moment: before which it died, counted from 1.
        faults: what was wrong afterwards; nothing should be.
    """

    scenario: str
    moment: int
    faults: tuple[str, ...]


class Harness:
    """Everything below one folder, which is its own."""

    def __init__(self, folder: Path) -> None:
        """Makes the library that all scenarios begin with."""
        self._kept, self._work = folder / "kept", folder / "work"
        self._courses: dict[str, Course] = {}
        self._work.mkdir(parents=True)
        # In this process, so that no child has to import and read again what all of them need.
        world = World(self._work)
        world.build()
        world.index()
        checking.check(world.session, repair=False, job=Job())
        world.close()
        self._work.rename(self._kept)

    def course(self, scenario: Scenario) -> Course:
        """How it goes undisturbed."""
        if scenario.name not in self._courses:
            with self._begun():
                self._courses[scenario.name] = in_child(lambda: self._undisturbed(scenario))
        return self._courses[scenario.name]

    def kill(self, scenario: Scenario, moment: int) -> Kill:
        """Lets it die before a moment, starts again, and looks."""
        course = self.course(scenario)
        with self._begun():
            in_child(lambda: self._disturbed(scenario, moment), may_die=True)
            faults = in_child(lambda: self._faults(scenario, course))
        return Kill(scenario.name, moment, tuple(faults))

    @contextmanager
    def _begun(self) -> Iterator[None]:
        shutil.copytree(self._kept, self._work)
        try:
            yield
        finally:
            shutil.rmtree(self._work)

    def _undisturbed(self, scenario: Scenario) -> Course:
        world, moments = World(self._work), Moments(self._work)
        moments.watch()
        scenario.prepare(world)
        library = world.paths.library
        is_sound = _is_sound(library)
        course = Course([model.facts(library)] if is_sound else [])
        for step in scenario.steps:
            moments.on()
            step.does(world)
            moments.off()
            course.states.append(model.facts(library))
        if not is_sound:
            # A damaged library has to be in the end what the recovery makes of it undisturbed.
            course.states.append(course.states[0])
        moments.on()
        world.close()
        moments.off()
        course.moments, course.seen = moments.count, moments.seen
        return course

    def _disturbed(self, scenario: Scenario, moment: int) -> None:
        world, moments = World(self._work), Moments(self._work, moment)
        moments.watch()
        scenario.prepare(world)
        moments.on()
        for step in scenario.steps:
            step.does(world)
        world.close()

    def _faults(self, scenario: Scenario, course: Course) -> list[str]:
        world, faults = World(self._work), []
        before = world.originals()
        library = world.paths.library
        try:
            _ = world.session
        except LibraryDamaged:
            recovery.recover(world.paths, world.settings)
        there = model.facts(library)
        if not _is_reached(there, scenario, course.states):
            faults.append(_told(there, course.states))
        # What the next start does.
        world.index()
        faults += [
            f"{one.part}: {one.detail}"
            for one in checking.check(world.session, repair=False, job=Job())
            if not one.ok
        ]
        faults += scenario.finish(world)
        world.close()
        if world.originals() != before:
            faults.append("an original was changed")
        faults += [
            f"{path} was left"
            for folder in (world.photos, library.parent)
            for path in folder.iterdir()
            if is_part(path.name)
        ]
        return faults


def _is_sound(library: Path) -> bool:
    return not library.exists() or library.read_bytes()[40:44] != b"\xff" * 4


def _is_reached(there: Facts, scenario: Scenario, states: list[Facts]) -> bool:
    """Whether a state is one between two steps, or within one that may be done in part."""
    if there in states:
        return True
    for n, step in enumerate(scenario.steps):
        before, after = states[n], states[n + 1]
        # Between scan and decoding a file is taken for a picture that proves to be none.
        new = {fact for fact in there - (before | after) if fact[0] != "file"}
        if step.is_gradual and before & after <= there and not new:
            return True
    return False


def _told(there: Facts, states: list[Facts]) -> str:
    nearest = min(states, key=lambda state: len(state ^ there))
    lost, new = model.plain(nearest - there), model.plain(there - nearest)
    return f"decisions are none of any moment: without {lost[:5]}, with {new[:5]}"


def chosen_moments(count: int, wanted: int, rng: random.Random) -> list[int]:
    """So many moments of a course, spread over all of it."""
    wanted = min(wanted, count)
    width = count / max(wanted, 1)
    return sorted({int(n * width + rng.random() * width) + 1 for n in range(wanted)})


def kills(harness: Harness, wanted: int, seed: int) -> Iterator[Kill]:
    """Kills spread over all scenarios by how many moments they have, each scenario as often as it wants at least.

    Raises:
        RuntimeError: a scenario does not even work undisturbed.
    """
    rng = random.Random(seed)
    total = sum(harness.course(one).moments for one in SCENARIOS)
    spare = max(0, wanted - sum(one.kills for one in SCENARIOS))
    for scenario in SCENARIOS:
        share = round(spare * harness.course(scenario).moments / total)
        yield from kills_of(harness, scenario, scenario.kills + share, rng)


def kills_of(
    harness: Harness, scenario: Scenario, wanted: int, rng: random.Random
) -> Iterator[Kill]:
    """Kills spread over one scenario."""
    for moment in chosen_moments(harness.course(scenario).moments, wanted, rng):
        yield harness.kill(scenario, moment)


def seen(harness: Harness) -> set[tuple[str, str]]:
    """The use cases that are at work in any scenario."""
    return set[tuple[str, str]]().union(*(harness.course(one).seen for one in SCENARIOS))


def in_child(work: Callable[[], Any], *, may_die: bool = False) -> Any:
    """What a forked process returns; None where it killed itself.

    Raises:
        RuntimeError: it failed.
    """
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        status = 1
        try:
            answer = pickle.dumps(work())
            status = 0
        except BaseException:
            answer = pickle.dumps(traceback.format_exc())
        with os.fdopen(into, "wb") as pipe:
            pipe.write(answer)
        sys.stderr.flush()
        os._exit(status)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL and may_die:
        return None
    result = pickle.loads(answer)  # of our own child
    if status:
        raise RuntimeError(result)
    return result
