"""The key of a protected database, made from the passphrase as SQLCipher itself makes it."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

# Under this name the system keyring lists our passphrases.
SERVICE = "Invest Desk"
# A program that runs without a person, such as a nightly sync, is given the passphrase by this.
VARIABLE = "INVEST_DESK_PASSPHRASE"

SALT_BYTES = 16
_KEY_BYTES = 32
# So many bytes of a salt are enough to know it again.
_SALT_LEFT = 10
# SQLCipher 4's own figures, so that any SQLCipher tool opens our files by the passphrase.
_ITERATIONS = 256_000
# SQLCipher's page, and how many different bytes one of noise has: 256, but for one in 30,000.
PAGE = 4096
_NOISE = 250
MAGIC = b"SQLite format 3\0"


# What was given while this program runs; never written anywhere.
_given: dict[str, str] = {}


@dataclass(frozen=True)
class Key:
    """An AES-256 key and the salt that the file carries in its first bytes."""

    raw: bytes = field(repr=False)
    salt: bytes

    def pragma(self) -> str:
        """Return the statement that has to be the first one on a connection."""
        return f"PRAGMA key = \"x'{self.raw.hex()}{self.salt.hex()}'\""

    def mark(self) -> str:
        """Return by what the key is known again without being kept."""
        return f"{self.salt.hex()}:{hashlib.blake2b(self.raw, digest_size=8).hexdigest()}"

    def attach(self) -> str:
        """Return the key as ATTACH takes it."""
        return f"\"x'{self.raw.hex()}{self.salt.hex()}'\""


def new_salt() -> bytes:
    """Return the salt for a file that is to be protected for the first time."""
    return os.urandom(SALT_BYTES)


@lru_cache(maxsize=8)
def key_from(passphrase: str, salt: bytes) -> Key:
    """Return the key of a passphrase; takes some tenths of a second, on purpose."""
    raw = hashlib.pbkdf2_hmac(
        "sha512", passphrase.encode("utf-8", "surrogatepass"), salt, _ITERATIONS, _KEY_BYTES
    )
    return Key(raw, salt)


def salt_of(path: Path) -> bytes:
    """Return the first bytes of a file: of a protected database, its salt."""
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def is_encrypted(path: Path) -> bool:
    """Say whether a file looks like a protected database: whole pages that begin with noise.

    What is neither this nor plain SQLite is damaged, or something else.
    """
    with path.open("rb") as file:
        page = file.read(PAGE)
        size = file.seek(0, os.SEEK_END)
    return is_noise(page) and size % PAGE == 0


def same_salt(page: bytes, salt: bytes) -> bool:
    """Say whether a file began with this salt, even if some of its bytes are damaged by now.

    Two salts of different files agree in so many places only once in 10 to the 17.
    """
    return sum(a == b for a, b in zip(page[:SALT_BYTES], salt, strict=False)) >= _SALT_LEFT


# Files that are chosen by mistake, and are packed as tightly: workbooks, papers, pictures.
_OTHERS = (MAGIC, b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")


def is_noise(page: bytes) -> bool:
    """Say whether the first page of a file looks like a protected database's."""
    return len(page) == PAGE and len(set(page)) > _NOISE and not page.startswith(_OTHERS)


def remembered(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return a passphrase from the environment, this program's memory or the keyring, or None.

    Args:
        name: whose passphrase: a workspace's folder, or a team's id.
        environ: the environment.
    """
    return environ.get(VARIABLE) or _given.get(name) or stored(name)


def stored(name: str) -> str | None:
    """Return what the system keyring has under a name, or None; also where there is no keyring."""
    # The keyring asks the system by which service it works: only a protected file pays for it.
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name)
    except (KeyringError, OSError):
        return None


def keyring_works() -> bool:
    """Say whether this system has a keyring that can keep a passphrase."""
    import keyring

    try:
        return bool(keyring.get_keyring().priority > 0)
    except (RuntimeError, OSError):
        return False


def remember(name: str, passphrase: str | None, *, keep: bool = True) -> bool:
    """Keep a passphrase, or forget it (None); say whether longer than this program runs.

    Where there is no system keyring it is asked for again at the next start.

    Args:
        name: whose passphrase, as ``remembered`` takes it.
        passphrase: the one that is right from now on.
        keep: whether the keyring may have it; if not, it also forgets what it had.
    """
    if passphrase is None:
        _given.pop(name, None)
    else:
        _given[name] = passphrase
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        if passphrase is None or not keep:
            keyring.delete_password(SERVICE, name)
        else:
            keyring.set_password(SERVICE, name, passphrase)
    except PasswordDeleteError:
        return passphrase is None
    except (KeyringError, OSError):
        return False
    return passphrase is None or keep
