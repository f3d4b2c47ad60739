"""The edge: the one place where an error becomes words and an exit code (0 clean, 1 findings, 2 usage)."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from pathlib import Path

import click

import jiebang
from jiebang.cli.commands import Commands
from jiebang.cli.output import console, say_error, write_chinese
from jiebang.cli.translations import speak_chinese
from jiebang.errors import UserError, reason_of

EXIT_FINDINGS = 1
EXIT_INTERNAL = 3

# At its end Python looks for cycles among all that is left once more, which goes with the process anyhow.
atexit.register(gc.freeze)


@click.group(
    cls=Commands,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(jiebang.__version__, prog_name="jiebang", message="%(prog)s %(version)s", help="显示版本号。")
def app() -> None:
    """大企业“发榜”、中小企业“揭榜”需求目录的检查与发布工具。

    常用顺序：先 check 检查记录，再 serve 预览，最后 build 生成网站。
    """


def _own_mistake(error: Exception) -> None:
    """A mistake of ours: where it happened, without the message, which might quote a record."""
    # Every command would wait for it, and hardly any comes here.
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    places = " ← ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    say_error(
        f"程序自身出了错（{type(error).__name__}，{places}）。原来的网站和记录没有改动。",
        "请把这一行发给维护人；维护人可设置环境变量 JIEBANG_DEBUG=1 后重试，查看详情。",
    )


def main() -> None:
    """Runs the command line and exits."""
    # numpy starts a thread for each processor to multiply matrices, which hardly any command does: without them its import takes a fifth less.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        speak_chinese()
        write_chinese()
        code = app.main(prog_name="jiebang", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        say_error("已中止。", "")
        code = 130
    except UserError as error:
        say_error(error.message, error.hint)
        code = EXIT_FINDINGS
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_FINDINGS
    except OSError as error:
        # A full disk behind the output, a folder that vanished: the machine's trouble, not a mistake of ours.
        say_error(f"系统拒绝了操作（{reason_of(error)}）。", "检查磁盘空间和文件权限后再试。")
        code = EXIT_FINDINGS
    except Exception as error:  # noqa: BLE001 - the edge: staff must never meet a traceback
        if os.environ.get("JIEBANG_DEBUG"):
            console().print_exception()
        _own_mistake(error)
        code = EXIT_INTERNAL
    sys.exit(code)
