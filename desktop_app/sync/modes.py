"""How a team's hub is shared."""

from enum import StrEnum


class Mode(StrEnum):
    """The ways to share; each has its own protocol for publishing."""

    #: An office drive, a stick, a local folder: one file, replaced under a lock.
    DRIVE = "drive"
    #: A folder kept in step by a sync client: each laptop writes only files of its own.
    FOLDER = "folder"
    #: A database server.
    SERVER = "server"
