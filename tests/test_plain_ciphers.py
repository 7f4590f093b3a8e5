"""The bundle's cipher for the keyring does to the byte what `cryptography` does."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("only bundles on Linux have it", allow_module_level=True)

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SCRIPT = Path(__file__).resolve().parent.parent / "packaging" / "linux" / "plain_ciphers.py"


@pytest.fixture
def plain() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plain_ciphers", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("blocks", [0, 1, 2, 1000])
def test_both_make_the_same_of_a_text(plain: ModuleType, blocks: int) -> None:
    key, start, text = os.urandom(16), os.urandom(16), os.urandom(16 * blocks)
    theirs = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    expected = theirs.update(text) + theirs.finalize()
    ours = plain.Cipher(plain.AES(key), plain.CBC(start), None)
    turned = ours.encryptor()
    made = turned.update(text) + turned.finalize()
    assert made == expected
    back = ours.decryptor()
    assert back.update(made[:7]) + back.update(made[7:]) + back.finalize() == text


def test_half_a_block_and_other_keys_are_refused(plain: ModuleType) -> None:
    turned = plain.Cipher(plain.AES(bytes(16)), plain.CBC(bytes(16))).encryptor()
    turned.update(b"seven..")
    with pytest.raises(ValueError, match="whole blocks"):
        turned.finalize()
    with pytest.raises(ValueError, match="128 bits"):
        plain.AES(bytes(32))


def test_secretstorage_finds_all_that_it_imports(
    plain: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(sys.modules):
        if name.split(".")[0] in ("cryptography", "secretstorage"):
            monkeypatch.delitem(sys.modules, name)
    plain.install()
    try:
        from secretstorage import item, util
        from secretstorage.dhcrypto import Session

        assert item.__name__ == "secretstorage.item"
        session = Session()
        session.aes_key, session.object_path = os.urandom(16), "/session"
        _path, start, sealed, _kind = util.format_secret(session, "密码".encode(), "text/plain")
        assert "密码".encode() not in sealed
        open_it = plain.Cipher(plain.AES(session.aes_key), plain.CBC(start)).decryptor()
        opened = open_it.update(sealed) + open_it.finalize()
        assert opened[: -opened[-1]].decode() == "密码"
    finally:
        for name in list(sys.modules):
            if name.split(".")[0] in ("cryptography", "secretstorage"):
                del sys.modules[name]
