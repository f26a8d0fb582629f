"""Running notebooks: a process each, one BLAS thread, an IPython folder of its own, a second try for a kernel that dies
early.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
GRAMMAR = "rfc3987_syntax"
START_SECONDS, CELL_SECONDS = 120, 900
KERNEL_OPTIONS: dict[str, Any] = {
    "extra_arguments": ["--log-level=CRITICAL", "--HistoryManager.enabled=False"],
    "shutdown_kernel": "immediate",
}
"""A kernel warns at every start that it speaks TCP on this machine, which readers should not have to wonder about; a
lesson's kernel has no history worth keeping and nothing to save when it is done."""


@contextmanager
def own_surroundings() -> Iterator[None]:
    """Surroundings in which kernels do not meet: own IPython folder, one BLAS thread, this very package.

    >>> with own_surroundings():
    ...     os.environ["OMP_NUM_THREADS"]
    '1'
    """
    before = dict(os.environ)
    package = str(Path(__file__).resolve().parents[2])
    with tempfile.TemporaryDirectory(prefix="cslab-", ignore_cleanup_errors=True) as folder:
        path = os.pathsep.join(filter(None, [package, before.get("PYTHONPATH", "")]))
        own = {"IPYTHONDIR": folder, "PYTHONPATH": path, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        os.environ.update({**dict.fromkeys(THREADS, "1"), **own})
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def execute(notebook: Any, folder: Path) -> Any:
    """Execute a notebook in a kernel of its own, without timings.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.
    folder : Path
        Where relative paths in it begin.

    Returns
    -------
    NotebookNode
        The same, with outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        At the first failing cell.
    """
    nbformat()
    from nbclient import NotebookClient

    def once() -> Any:
        """One attempt, with a new kernel."""
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            startup_timeout=START_SECONDS,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
            **KERNEL_OPTIONS,
        )
        return client.execute()

    with own_surroundings():
        return once_more_if_it_never_began(once, lambda: begun(notebook))


def execute_with(notebook: Path, values: Mapping[str, Any], output: Path, folder: Path) -> Any:
    """Execute a notebook through papermill, with other parameters; what was done is in a file, however it ends.

    Parameters
    ----------
    notebook : Path
        A built lesson.
    values : mapping
        Parameters.
    output : Path
        Where the notebook is written.
    folder : Path
        Where relative paths in it begin.

    Returns
    -------
    NotebookNode
        Executed.

    Raises
    ------
    papermill.exceptions.PapermillExecutionError
        At the first failing cell.
    """
    nbformat()
    from papermill.execute import execute_notebook

    for name in ("papermill", "asyncio"):  # what goes wrong is told by us, in one place
        logging.getLogger(name).setLevel(logging.CRITICAL)

    def once() -> Any:
        """One attempt, with a new kernel."""
        return execute_notebook(
            str(notebook.resolve()),
            str(output.resolve()),
            parameters=dict(values),
            engine_name=_engine(output.resolve()),
            request_save_on_cell_execute=False,
            kernel_name="python3",
            progress_bar=False,
            start_timeout=START_SECONDS,
            execution_timeout=CELL_SECONDS,
            record_timing=False,
            cwd=str(folder.resolve()),
            **KERNEL_OPTIONS,
        )

    def has_begun() -> bool:
        """Whether the file that papermill keeps shows an executed cell."""
        return output.is_file() and begun(nbformat().read(output, as_version=4))

    with own_surroundings():
        return once_more_if_it_never_began(once, has_begun)


def _engine(output: Path) -> str:
    """The name of papermill's engine in a form that writes a notebook once, at its end: writing it after every cell,
    with all pictures so far, takes a fifth of a lesson's time.
    """
    from papermill.engines import NBClientEngine, papermill_engines

    class WritesOnce(NBClientEngine):  # type: ignore[misc]
        """Says where to write only when the last cell is done or broken off."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
            """Execute all cells."""
            try:
                return super().execute_managed_notebook(nb_man, kernel_name, **options)
            finally:
                nb_man.output_path = str(output)

    papermill_engines.register("writes-once", WritesOnce)
    return "writes-once"


def nbformat() -> Any:
    """The nbformat library, whose functions carry no types; to be called before any other library that imports it.

    On its way jsonschema would compile a grammar of web addresses, which takes longer than all the rest and which no
    notebook needs, so it is told that there is none.

    >>> nbformat().current_nbformat
    4
    """
    hidden = {GRAMMAR: None} if GRAMMAR not in sys.modules else {}
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        return import_module("nbformat")
    finally:
        for name in hidden:
            del sys.modules[name]


def begun(notebook: Any) -> bool:
    """Whether any cell of a notebook has been executed.

    >>> from types import SimpleNamespace
    >>> begun(SimpleNamespace(cells=[{"cell_type": "code", "execution_count": None}]))
    False
    """
    return any(cell.get("execution_count") for cell in notebook.cells if cell["cell_type"] == "code")


def once_more_if_it_never_began(once: Callable[[], T], has_begun: Callable[[], bool]) -> T:
    """Try a second time when a kernel dies before its first cell: two kernels can be given the same port.

    Parameters
    ----------
    once : callable
        The attempt.
    has_begun : callable
        Whether a cell was executed; then the death is the lesson's own and is not tried again.

    >>> tries = iter([RuntimeError("Kernel died before replying"), None])
    >>> def attempt():
    ...     if (error := next(tries)):
    ...         raise error
    ...     return "done"
    >>> once_more_if_it_never_began(attempt, lambda: False)
    'done'
    """
    try:
        return once()
    except RuntimeError as error:  # DeadKernelError is one, and so is a kernel that never answered
        if has_begun() or "kernel" not in str(error).lower():
            raise
        return once()


def in_processes(work: Callable[..., T], tasks: Iterable[tuple[Any, ...]], jobs: int) -> Iterator[T]:
    """Do tasks in processes and hand out each result as it is ready; a single one is done here.

    Parameters
    ----------
    work : callable
        A function of a module, with plain arguments.
    tasks : iterable of tuple
        Its arguments, a tuple a task.
    jobs : int
        Processes at the same time.

    >>> list(in_processes(abs, [(-1,), (-2,)], jobs=1))
    [1, 2]
    """
    listed = list(tasks)
    if min(jobs, len(listed)) <= 1:
        yield from (work(*task) for task in listed)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=min(jobs, len(listed)), return_as="generator_unordered")(
        delayed(work)(*task) for task in listed
    )


def processors() -> int:
    """Processors this process may use.

    >>> processors() >= 1
    True
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
