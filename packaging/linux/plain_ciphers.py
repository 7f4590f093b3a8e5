"""Gives the keyring's link to the desktop the one cipher it uses, from the OpenSSL of Python.

Run at the start of a bundle on Linux in place of the package `cryptography`, which would bring
12 MB and an OpenSSL of its own for this alone: AES-128 in CBC mode, of whole blocks, as
SecretStorage calls it for what goes over the session's bus.
"""

import ctypes
import sys
from functools import cache
from types import ModuleType
from typing import Any

_BLOCK = 16


@cache
def _openssl() -> Any:
    """Return OpenSSL's library, its functions told what they take."""
    for name in ("libcrypto.so.3", "libcrypto.so.1.1"):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        pointer, data, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
        library.EVP_CIPHER_CTX_new.restype = pointer
        library.EVP_CIPHER_CTX_free.argtypes = [pointer]
        library.EVP_aes_128_cbc.restype = pointer
        library.EVP_CipherInit_ex.argtypes = [pointer, pointer, pointer, data, data, number]
        library.EVP_CIPHER_CTX_set_padding.argtypes = [pointer, number]
        library.EVP_CipherUpdate.argtypes = [pointer, data, pointer, data, number]
        return library
    raise ImportError("OpenSSL's library is not there")


class AES:
    """The cipher, by its key of 16 bytes."""

    def __init__(self, key: bytes) -> None:
        """Take the key."""
        if len(key) != _BLOCK:
            raise ValueError("only keys of 128 bits are used here")
        self.key = key


class CBC:
    """The mode, by the bytes that the first block is mixed with."""

    def __init__(self, initialization_vector: bytes) -> None:
        """Take them."""
        if len(initialization_vector) != _BLOCK:
            raise ValueError("one block is wanted")
        self.start = initialization_vector


class _Context:
    """One text on its way through the cipher."""

    def __init__(self, cipher: AES, mode: CBC, encrypt: bool) -> None:
        self._cipher, self._mode, self._encrypt = cipher, mode, encrypt
        self._given = b""

    def update(self, data: bytes) -> bytes:
        """Keep the text until all of it is there."""
        self._given += data
        return b""

    def finalize(self) -> bytes:
        """Return the whole text, turned."""
        if len(self._given) % _BLOCK:
            raise ValueError("the text is not of whole blocks")
        library = _openssl()
        context = library.EVP_CIPHER_CTX_new()
        out = ctypes.create_string_buffer(len(self._given) + _BLOCK)
        length = ctypes.c_int()
        key, start = self._cipher.key, self._mode.start
        try:
            kind = library.EVP_aes_128_cbc()
            done = library.EVP_CipherInit_ex(context, kind, None, key, start, int(self._encrypt))
            library.EVP_CIPHER_CTX_set_padding(context, 0)
            size = len(self._given)
            done = done and library.EVP_CipherUpdate(
                context, out, ctypes.byref(length), self._given, size
            )
        finally:
            library.EVP_CIPHER_CTX_free(context)
        if not done or length.value != size:
            raise ValueError("OpenSSL refused")
        return out.raw[: length.value]


class Cipher:
    """A cipher in a mode, as `cryptography` has it."""

    def __init__(self, algorithm: AES, mode: CBC, backend: object = None) -> None:
        """Take both; there is one backend."""
        self._algorithm, self._mode = algorithm, mode

    def encryptor(self) -> _Context:
        """Return what makes a text unreadable."""
        return _Context(self._algorithm, self._mode, True)

    def decryptor(self) -> _Context:
        """Return what makes it readable again."""
        return _Context(self._algorithm, self._mode, False)


def install() -> None:
    """Stand in for the modules that SecretStorage imports."""
    names = ("", ".hazmat", ".hazmat.backends", ".hazmat.primitives", ".hazmat.primitives.ciphers")
    made = {f"cryptography{name}": ModuleType(f"cryptography{name}") for name in names}
    for module in made.values():
        module.__path__ = []
    made["cryptography.hazmat.backends"].__dict__["default_backend"] = lambda: None
    ciphers = made["cryptography.hazmat.primitives.ciphers"].__dict__
    algorithms = ModuleType("cryptography.hazmat.primitives.ciphers.algorithms")
    modes = ModuleType("cryptography.hazmat.primitives.ciphers.modes")
    algorithms.__dict__["AES"], modes.__dict__["CBC"] = AES, CBC
    ciphers.update(Cipher=Cipher, algorithms=algorithms, modes=modes)
    sys.modules.update(made)


if getattr(sys, "frozen", False):
    install()
