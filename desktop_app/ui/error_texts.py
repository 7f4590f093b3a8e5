"""The sentence of an expected error, in the language in use."""

import logging

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t

logger = logging.getLogger(__name__)


def sentence(error: DeskError) -> str:
    """Return what an expected error says to the person."""
    try:
        return t(f"errors.{error.key}").format(**error.values)
    except (KeyError, IndexError):
        logger.warning("No sentence for the error %s %s", error.key, error.values)
        return error.key
