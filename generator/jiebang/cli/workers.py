"""Where the work of a command is done: in processes of this machine, or on the workers of a Dask cluster."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from jiebang.errors import UserError
from jiebang.mapping import Maps, maps_of, program_digest

F = TypeVar("F", bound=Callable[..., Any])
_PATIENCE = 10
"""Seconds to wait for a scheduler, and for its first worker."""


def workers_options(function: F) -> F:
    """`--jobs N` and `--scheduler ADDRESS`."""
    jobs = click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        metavar="N",
        help="用几个进程；不写时看环境变量 JIEBANG_JOBS，再看处理器核数；1 表示只用一个。结果都一样。",
    )
    scheduler = click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="交给 Dask 集群（如 tls://主机:8786）。不公开的内容会送到集群，只用自己的、加密的集群。",
    )
    return jobs(scheduler(function))


@contextmanager
def maps_for(catalogue: Path, jobs: int | None, scheduler: str | None) -> Iterator[Maps]:
    """The maps of a catalogue, done where the options say. Raises UserError for a cluster that cannot be used."""
    if scheduler is None:
        with maps_of(catalogue, jobs) as maps:
            yield maps
        return
    client = _connected(scheduler)
    try:
        cores = sum(client.ncores().values())
        with maps_of(catalogue, jobs or max(cores, 1), client.get_executor(pure=False)) as maps:
            yield maps
    finally:
        client.close()


def _connected(address: str) -> Any:
    """A client of a cluster whose workers run the same program."""
    try:
        # Typed in part only.
        dask: Any = import_module("distributed")
    except ImportError as error:
        raise UserError("这里没有装 Dask，用不了集群。", "安装：pip install 'jiebang[cluster]'。") from error
    import logging

    # What goes wrong is told in our words.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    # Of a large catalogue the index of what is private travels with each portion.
    warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
    try:
        client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, dask.TimeoutError, ValueError) as error:
        raise UserError(f"连不上集群 {address}。", "核对地址，确认调度器已经启动。") from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        others = set(client.run(program_digest).values()) - {program_digest()}
    except (dask.TimeoutError, ImportError, AttributeError) as error:
        client.close()
        raise UserError(
            "集群里没有可用的 jiebang。", "在每台机器上装同一个版本的 jiebang 和依赖，再启动 worker。"
        ) from error
    if others:
        client.close()
        raise UserError("集群里的程序或依赖与这里的版本不同，结果会不一致。", "在每台机器上装同一个版本。")
    return client
