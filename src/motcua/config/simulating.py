"""Running a simulation with a progress bar and a summary; shared by `motcua simulate` and `motcua demo`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any


class BadMoment(ValueError):
    """The end of the simulation is no moment; the sentence says what is allowed."""


def moment_of(text: str | None) -> datetime:
    """An aware moment from ISO text; without offset it is Vietnamese time; None is now. Raises BadMoment."""
    from motcua.foundation.time import TZ, now

    if text is None:
        return now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadMoment(f"--until {text!r}: cần thời điểm ISO như 2026-11-20T17:00 / an ISO time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=TZ)


class Progress:
    """One line that renews itself on a terminal; every tenth part as a line of its own elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self.quiet, self.begun, self.told, self.tenths = quiet, time.monotonic(), 0.0, -1
        self.last = 0
        self.live = sys.stderr.isatty()

    def __call__(self, done: int, of: int, at: datetime) -> None:
        self.last = done
        if self.quiet or not of:
            return
        passed = time.monotonic()
        if self.live and (passed - self.told > 0.5 or done == of):
            self.told = passed
            bar = "█" * (30 * done // of)
            left = (passed - self.begun) * (of - done) / max(done, 1)
            end = "\n" if done == of else ""
            text = f"\r  {bar:<30} {100 * done // of:3d} %  {done}/{of} hồ sơ · {at:%d/%m %H:%M} · còn ~{left:.0f} s  "
            print(text, end=end, file=sys.stderr, flush=True)
        elif not self.live and 10 * done // of != self.tenths:
            self.tenths = 10 * done // of
            print(f"  {10 * self.tenths:3d} %  {done}/{of} hồ sơ / dossiers", file=sys.stderr, flush=True)

    def end(self, of: int, at: datetime) -> None:
        """All were lived as far as the simulated time goes: the bar is full, though some dossiers are still open."""
        if self.last < of:
            self(of, of, at)


def live(
    *,
    seed: str,
    until: datetime,
    count: int,
    days: int,
    quiet: bool = False,
    dump: str | None = None,
    ready: Callable[[Any], None] = lambda cast: None,
    settle: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """Make the installation ready, simulate, deliver what is waiting, verify. Returns the summary (`good` says all)."""
    from motcua.config.readiness import make_ready
    from motcua.foundation import tasks, worker
    from motcua.foundation.time import now
    from motcua.reporting import actions as reporting
    from motcua.sealing import actions as sealing
    from motcua.simulation.run import simulate
    from motcua.simulation.summary import digest_of, figures
    from motcua.simulation.summary import dump as canonical

    make_ready()
    begun = time.monotonic()
    progress = Progress(quiet)
    outcome = simulate(seed=seed, until=until, count=count, days=days, progress=progress, ready=ready)
    progress.end(count, until)
    (settle or worker.drain)()
    tasks.learn()  # a month came in minutes: the database has not seen such tables yet
    reporting.count_public(until)  # what the hourly task tells everybody, without waiting for its hour
    _learn_forecasts(seed, until)
    sealing.all_sealed(
        now()
    )  # by the machine's clock as ever: a signature does not say that a simulated hour was real
    lived = time.monotonic() - begun
    summary = {
        "seed": seed,
        "until": until.isoformat(),
        "simulated_acts": outcome.acts,
        "seconds": round(lived, 1),
        "refusals": len(outcome.refusals),
        "refusal_samples": sorted(set(outcome.refusals))[:10],
        **figures(),
    }
    if dump:
        path = Path(dump)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in canonical())
        summary["dump_sha256"] = digest_of(canonical())
    if not quiet:
        print(in_words(summary))
    return summary


def _learn_forecasts(seed: str, until: datetime) -> None:
    """What the worker learns each night; begun again, the month has learnt it already."""
    from motcua.forecast import actions
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act

    act_id = f"sim/{seed}/{until.isoformat()}/forecasts"
    actions.learn(new_act(system("simulation"), at=until, purpose="MÔ PHỎNG: học dự báo", act_id=act_id))


def in_words(summary: dict[str, Any]) -> str:
    """The summary as people read it."""
    share, first = summary["on_time_share"], summary["first_share"]
    lines = [
        f"  Hồ sơ / dossiers            {summary['dossiers']:>8}",
        f"  Thao tác / acts             {summary['acts']:>8}",
        f"  Đã tiếp nhận / received     {summary['received']:>8}",
        f"  Đã giải quyết / resolved    {summary['resolved']:>8}",
        f"  Đúng hạn / on time          {f'{share:.2%}' if share is not None else '–':>8}",
        f"  Đúng hẹn lần đầu / by the first promise {f'{first:.2%}' if first is not None else '–':>8}",
        f"  Tính lại thời hạn / restarts {summary['restarts']:>7}",
        f"  Bổ sung muộn, lặp lại / late or repeated requests {summary['beyond']:>8}",
        f"  Trung vị, P90 (ngày) / days {summary['median_days']} · {summary['p90_days']}",
        f"  Dòng nhật ký đã kiểm / journal lines verified {summary['journal_lines']}",
        f"  Bị từ chối theo quy tắc / refused by rules    {summary['refusals']}",
    ]
    lines += [f"  ! {text}" for text in summary["journal_findings"] + summary["right_differences"]]
    return "\n".join(lines)


def seconds_of(name: str, default: float) -> float:
    """A number from the environment, for trying things out."""
    return float(os.environ.get(name, default))
