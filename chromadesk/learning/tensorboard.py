"""A training's figures for TensorBoard, beside metrics.jsonl: event files that its own library writes."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import TracebackType
from typing import Any

from chromadesk.errors import InputError
from chromadesk.jobs.messages import Message, Metrics, Progress, Report

FOLDER = "tensorboard"


class ToTensorBoard:
    """A ``messages.Report`` that hands on to ``report`` and keeps every figure under the step it belongs to.

    Event files go to ``out``/tensorboard; a training gone on with adds one. Raises InputError where there is no extra.
    """

    def __init__(self, out: Path, config: dict[str, Any], report: Report) -> None:
        if importlib.util.find_spec("tensorboard") is None:
            raise InputError('TensorBoard takes an extra; install it with: pip install "chromadesk[tensorboard]".')
        self._folder, self._config, self._report = out / FOLDER, config, report
        self._step = 0
        self._writer: Any = None

    def __enter__(self) -> ToTensorBoard:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._writer is not None:
            self._writer.close()

    def __call__(self, message: Message) -> None:
        """See the class."""
        self._report(message)
        if isinstance(message, Progress):
            self._step = message.done
        elif isinstance(message, Metrics):
            if self._writer is None:
                self._writer = self._begun()
            for name, value in message.values.items():
                self._writer.add_scalar(name, value, self._step)

    def _begun(self) -> Any:
        from torch.utils.tensorboard import SummaryWriter

        # what an earlier run wrote of steps that are taken again does not count any more
        writer: Any = SummaryWriter(str(self._folder), purge_step=self._step)
        writer.add_text("config", f"```\n{json.dumps(self._config, indent=1)}\n```", self._step)
        return writer
