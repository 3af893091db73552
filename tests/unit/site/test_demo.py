# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import socket
from pathlib import Path

import pytest

from scharnier.formats import wording
from scharnier.site import demo

THIS_MACHINE = "localhost,127.0.0.1,[::1]"
ANYWHERE = "0.0.0.0"  # noqa: S104  what a person may ask for


class TestNames:
    @pytest.mark.parametrize(
        ("host", "names"),
        [
            ("127.0.0.1", THIS_MACHINE),
            ("localhost", THIS_MACHINE),
            ("::1", THIS_MACHINE),
            ("192.0.2.7", f"{THIS_MACHINE},192.0.2.7"),
            ("2001:db8::7", f"{THIS_MACHINE},[2001:db8::7]"),
            ("kruisveld.example", f"{THIS_MACHINE},kruisveld.example"),
            (ANYWHERE, "*"),
            ("::", "*"),
        ],
    )
    def test_are_those_under_which_the_demo_is_reached(self, host: str, names: str) -> None:
        assert demo._names(host) == names


class TestKey:
    def test_is_made_once_and_kept(self, tmp_path: Path) -> None:
        file = tmp_path / "secret_key"

        demo._write_key(file)
        first = file.read_text(encoding="utf-8")
        demo._write_key(file)

        assert len(first) >= 50
        assert file.read_text(encoding="utf-8") == first

    def test_is_for_nobody_else_to_read(self, tmp_path: Path) -> None:
        demo._write_key(tmp_path / "secret_key")

        assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0

    def test_is_made_again_when_the_file_is_empty(self, tmp_path: Path) -> None:
        file = tmp_path / "secret_key"
        file.touch()

        demo._write_key(file)

        assert file.stat().st_size >= 50


class TestPort:
    def test_is_free_or_refused(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = int(other.getsockname()[1])

            with pytest.raises(demo.PortTaken) as raised:
                demo._check_port("127.0.0.1", port=port)

        assert (raised.value.facts["host"], raised.value.facts["port"]) == ("127.0.0.1", port)
        demo._check_port("127.0.0.1", port=port)

    def test_of_another_machine_is_refused_in_a_sentence(self) -> None:
        with pytest.raises(demo.PortTaken) as raised:
            demo._check_port("192.0.2.7", port=8000)

        heard = wording.say_error(raised.value, language="nl")
        assert heard.startswith("Op 192.0.2.7, poort 8000, kan ik niet luisteren: ")
        assert heard.endswith(" Kies een andere poort met --port.")


class TestPrepare:
    def test_refuses_a_folder_where_it_cannot_write(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()

        with pytest.raises(demo.FolderClosed) as raised:
            demo.prepare(tmp_path / "file" / "demo", host="127.0.0.1", port=8000)

        assert raised.value.facts["folder"] == tmp_path / "file" / "demo"
