"""Where a job may write: into its own folder, which may come from anybody, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

from chromadesk.errors import JobError


def refuse_links(folder: Path) -> None:
    """Raises JobError when something in the job's folder leads out of it, for a job appends to what it finds there."""
    for above, names, files in os.walk(folder):
        for name in (*names, *files):
            found = Path(above, name)
            if found.is_symlink():
                raise JobError(f"{found} is a link, and a job writes into its own folder only; remove it, then run it.")


def check_out(out: str, folder: Path) -> None:
    """Raises JobError when ``out``, where the job in ``folder`` wants to write, lies elsewhere."""
    if not Path(os.path.realpath(out)).is_relative_to(os.path.realpath(folder)):
        raise JobError(
            f"The job in {folder} asks to write to {out}, outside its own folder; "
            'say "out": "." in its request.json, or train with chromadesk train --out.'
        )
