"""What people can cause, and what the system refuses: caught once, at the edge, and shown in Chinese without a traceback."""

from __future__ import annotations

import errno

_REASONS = {
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EROFS": "磁盘或文件夹只能读，不能写",
    "ENOSPC": "磁盘满了",
    "EDQUOT": "超出了磁盘配额",
    "EFBIG": "文件超过了系统允许的大小",
    "EIO": "磁盘读写出错",
    "ENOENT": "文件或文件夹不存在",
    "ENOTDIR": "路径中有一段不是文件夹",
    "EISDIR": "是文件夹，不是文件",
    "EEXIST": "已经有同名的文件或文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "ENAMETOOLONG": "名称或路径太长",
    "EINVAL": "系统不接受这个名称或操作",
    "EILSEQ": "名称里有系统不接受的字符",
    "ELOOP": "这里不能是符号链接，或符号链接绕成了圈",
    "EXDEV": "两个位置不在同一个磁盘上",
    "EBUSY": "正被别的程序使用",
    "ETXTBSY": "正被别的程序使用",
    "EAGAIN": "暂时不能用，多半正被别的程序使用",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENOMEM": "内存不足",
    "EPIPE": "接收的程序已经结束",
    "EINTR": "操作被打断",
    "ETIMEDOUT": "没有在限定的时间里答复",
    "ENODEV": "设备不在了，多半已被拔出",
    "ENXIO": "设备不在了，多半已被拔出",
    "ESTALE": "网络磁盘上的文件已经变了",
    "EADDRINUSE": "地址已被占用",
    "ECONNREFUSED": "对方没有接受连接",
    "ECONNRESET": "连接被对方中断",
    "ENETUNREACH": "网络不通",
    "EHOSTUNREACH": "网络不通",
    "ENOTSUP": "这里不支持这个操作",
    "EOPNOTSUPP": "这里不支持这个操作",
    "ENOSYS": "这个系统不支持这个操作",
}
"""By the names of `errno`, of which each system has its own: what people are told, where the system would say it in English."""


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese; its number where it is none of the common ones."""
    if error.errno is None:
        return "系统没有说明原因"
    return _REASONS.get(errno.errorcode.get(error.errno, ""), f"系统错误 {error.errno}")


class UserError(Exception):
    """`message` says what happened, `hint` what to do; both Chinese, neither with a private value."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
