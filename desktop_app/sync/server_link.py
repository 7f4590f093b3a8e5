"""The way to a team's server: its address, connections to it, and what its refusals mean."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from desktop_app.db import keys
from desktop_app.domain.errors import DeskError

DRIVER = "postgresql+psycopg"

# Seconds until an address that does not answer counts as away, and until a wait for another
# laptop's lock, or for one statement, is given up.
_CONNECT_SECONDS = 10
_LOCK_SECONDS = 10
_STATEMENT_SECONDS = 120
# A laptop that was switched off while it published holds up the others for so long at most.
_IDLE_SECONDS = 300

# PostgreSQL's codes (its manual, appendix A), by their beginning: the longest that fits counts.
_CODES = {
    "08": "share_away",
    "23505": "share_busy",
    "25006": "share_read_only",
    "25P03": "share_away",
    "40": "share_busy",
    "42501": "share_read_only",
    "42P01": "share_away",
    "42P07": "share_exists",
    "42703": "share_not_ours",
    "3D": "server_refused",
    "28": "server_refused",
    "53": "share_busy",
    "53100": "share_full",
    "55P03": "share_busy",
    "57014": "share_busy",
    "57P": "share_away",
    "58": "share_damaged",
    "XX": "share_damaged",
}
# By these words a server that answered, and refused, is told from one that is not there.
_REFUSALS = ("FATAL", "致命错误", "no password supplied", "password authentication")
# And by these one that only starts, stops or has its hands full: the driver hands on no code.
_SOON = (
    "the database system is",
    "terminating connection",
    "too many",
    "connection slots",
    "数据库系统",
    "中断联接",
    "太多",
    "连接槽",
)


def is_server(location: str) -> bool:
    """Say whether a location is a server's address and not a file's path."""
    return "://" in location


def address(location: str) -> URL:
    """Return the address of a server.

    Raises:
        DeskError: the address can't be understood, or is of another kind of server.
    """
    try:
        url = make_url(location)
    except (ArgumentError, ValueError) as error:
        raise DeskError("server_address") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername=DRIVER)
    if url.drivername != DRIVER or not url.host or not url.database:
        raise DeskError("server_address")
    return url


def shown(location: str) -> str:
    """Return a location as it may be shown: without its password."""
    if not is_server(location):
        return location
    try:
        return make_url(location).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return location.rpartition("@")[2]


def keep_password(location: str) -> str:
    """Put an address's password into the system keyring, and return the address to be stored.

    Where there is no keyring the password stays in the address, and so in the local database.
    """
    url = address(location)
    bare = url.set(password=None)
    if url.password is None or not keys.remember(_keyring_name(bare), str(url.password)):
        return url.render_as_string(hide_password=False)
    return bare.render_as_string(hide_password=False)


def _keyring_name(url: URL) -> str:
    """Return under which name the keyring has the password of an address."""
    return url.set(password=None).render_as_string()


def make_server_engine(location: str) -> Engine:
    """Return an engine that keeps one connection; nothing is connected yet.

    A password that the address lacks is asked of the system keyring, then, by the database's own
    library, of its password file (``~/.pgpass``).
    """
    url = address(location)
    if url.password is None:
        url = url.set(password=keys.stored(_keyring_name(url)))
    settings = {
        "lock_timeout": f"{_LOCK_SECONDS}s",
        "statement_timeout": f"{_STATEMENT_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{_IDLE_SECONDS}s",
        "tcp_keepalives_idle": "30",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
    }
    return create_engine(
        url,
        pool_size=1,
        max_overflow=1,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": "Invest Desk",
            "client_encoding": "UTF8",
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            # A pooler between us and the server does not know statements prepared by another.
            "prepare_threshold": None,
        },
    )


@contextmanager
def faults_told(location: str) -> Iterator[None]:
    """Turn the faults of a server that a person can put right into their sentences.

    Raises:
        DeskError: the server is away, refuses, is busy, full or read-only.
    """
    try:
        yield
    except DBAPIError as error:
        raise expected_fault(error, location) or error from error
    except UnicodeError as error:
        raise DeskError("server_address") from error


def expected_fault(error: SQLAlchemyError, location: str) -> DeskError | None:
    """Return the typed error for a server's fault, or None for a mistake of ours."""
    import psycopg

    original = getattr(error, "orig", None)
    if not isinstance(original, psycopg.Error):
        # Of the local database, perhaps: a sync has both at hand.
        return None
    code = original.sqlstate or ""
    where = shown(location)
    for length in range(len(code), 1, -1):
        key = _CODES.get(code[:length])
        if key == "server_refused":
            return _refused(original, where)
        if key:
            return DeskError(key, path=where)
    if code:
        return None
    # Without a code the connection failed, or broke.
    said = str(original)
    if any(word in said for word in _REFUSALS) and not any(word in said for word in _SOON):
        return _refused(original, where)
    if isinstance(original, (psycopg.OperationalError, psycopg.InterfaceError)):
        return DeskError("share_away", path=where)
    return None


def _refused(original: BaseException, where: str) -> DeskError:
    """Return the error of a server that answered and refused, with its own words."""
    lines = [line.strip() for line in str(original).splitlines() if line.strip()]
    said = next((line for line in lines if any(word in line for word in _REFUSALS)), "")
    for word in ("FATAL:", "致命错误:"):
        said = said.rpartition(word)[2].strip()
    return DeskError("server_refused", path=where, detail=said)
