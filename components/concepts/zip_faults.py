"""What reading a zip archive may raise where the archive is damaged, or made to hurt."""

import lzma
import struct
import zipfile
import zlib

BROKEN_ZIP: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # a file that asks for a password
    NotImplementedError,  # packed in a way that is not read here
    ValueError,  # places before the beginning; names that are no text
    OverflowError,
)
