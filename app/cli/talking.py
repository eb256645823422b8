"""What a command says: results on standard output, problems and progress on standard error."""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from app.domain.errors import UserError

OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


def say(words: str) -> None:
    """A line on standard output. UserError where it cannot be written."""
    with _writing():
        print(words)


def flush() -> None:
    """Let what was said arrive, so that a failure is known in time."""
    if sys.stdout is not None:
        with _writing():
            sys.stdout.flush()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        with suppress(OSError):  # what is still held back would fail once more at the interpreter's end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise UserError(
            f"结果没有写到标准输出（{error.strerror or error}）。请检查磁盘空间，或换一个位置再运行。"
        ) from error


def complain(words: object) -> None:
    """A line on standard error; a program without a console has none."""
    if sys.stderr is not None:
        print(f"duban: {words}", file=sys.stderr)


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def progress(about: str) -> Callable[[str, float], None] | None:
    """Progress on standard error while a person watches."""
    if not _is_watched():
        return None

    def show(words: str, share: float) -> None:
        print(f"\r\x1b[K{about} {words} {share:.0%}", end="", file=sys.stderr, flush=True)

    return show


def clear_line() -> None:
    """Take the progress line away."""
    if _is_watched():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def guarded(work: Callable[[], int]) -> int:
    """Do what returns an exit code; a UserError and Ctrl+C become one line on standard error and their own code.

    So does a bug, whose traceback goes to the log for whoever mends it.
    """
    try:
        try:
            return work()
        finally:
            flush()
    except UserError as error:
        complain(error)
        return FAILED
    except BrokenPipeError:
        return FAILED
    except KeyboardInterrupt:
        clear_line()
        complain("已中断。没有做完的部分不会留下，可以重新运行这条命令。")
        return INTERRUPTED
    except Exception:  # noqa: BLE001  # the last place that can turn a bug into words
        clear_line()
        where = _kept_trace()
        complain(f"程序遇到了意外问题，没有做完；已经保存的内容不受影响。请把{where}交给维护人员。")
        return FAILED


def _kept_trace() -> str:
    """Keep the traceback at hand in the log; says where, the traceback itself where no file can be written."""
    from app.workspace import home

    words = traceback.format_exc()
    path = home() / "duban.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(words)
    except OSError:
        return f"下面的话\n{words}\n"
    return f"文件“{path}”"
