"""Files kept with records: their bytes under their sha256, once, however often attached."""

import datetime as dt
import hashlib
import mimetypes
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Attachment, new_id
from desktop_app.domain.errors import DeskError
from desktop_app.services.lookup import require


class KeptFile(NamedTuple):
    """A file whose bytes are in the workspace."""

    name: str
    media_type: str
    size: int
    sha256: str


def keep_file(files: Path, source: Path) -> KeptFile:
    """Copy a file into the folder of attachments and return what was kept.

    Raises:
        DeskError: the file cannot be read, or the folder cannot be written.
    """
    try:
        with source.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        target = files / digest
        if not target.exists():
            files.mkdir(parents=True, exist_ok=True)
            # Under another name first: a crash must not leave half a file under a whole one's name.
            draft = files / f"{digest}.{os.getpid()}.new"
            shutil.copyfile(source, draft)
            draft.replace(target)
        size = target.stat().st_size
    except OSError as error:
        raise DeskError("file_not_kept", name=source.name) from error
    media_type = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
    return KeptFile(source.name, media_type, size, digest)


def add_attachment(
    session: Session, table: str, record_id: str, kept: KeptFile, caption: str | None = None
) -> str:
    """Attach a kept file to a record and return the attachment's id."""
    row = Attachment(
        id=new_id(),
        record_table=table,
        record_id=record_id,
        caption=caption,
        added_at=dt.datetime.now(dt.UTC),
        **kept._asdict(),
    )
    session.add(row)
    session.flush()
    return row.id


def is_attached(session: Session, table: str, record_id: str, sha256: str) -> bool:
    """Say whether a record has a file with these bytes, under whatever name."""
    query = select(Attachment.id).where(
        Attachment.record_table == table,
        Attachment.record_id == record_id,
        Attachment.sha256 == sha256,
        Attachment.deleted.isnot(True),
    )
    return session.scalar(query.limit(1)) is not None


def delete_attachment(session: Session, attachment_id: str) -> None:
    """Take a file off its record; its bytes stay, so that this can be undone.

    Raises:
        DeskError: there is no such attachment.
    """
    require(session, Attachment, attachment_id).deleted = True
    session.flush()


def copy_to_open(files: Path, folder: Path, sha256: str, name: str) -> Path:
    """Return a copy under the file's own name, for the program that opens such files.

    Raises:
        DeskError: the bytes are not on this laptop, or the copy cannot be written.
    """
    source = files / sha256
    try:
        target_folder = folder / sha256[:12]
        target_folder.mkdir(parents=True, exist_ok=True)
        # A name from elsewhere may hold separators; only its last part names the copy.
        target = target_folder / (Path(name.replace("\\", "/")).name or sha256[:12])
        if not target.exists():
            shutil.copyfile(source, target)
    except OSError as error:
        raise DeskError("file_not_here", name=name) from error
    return target
