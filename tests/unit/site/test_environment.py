# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from scharnier.site.environment import read_environment


def _read(**variables):
    return read_environment({f"SCHARNIER_{name}": value for name, value in variables.items()})


class TestReadEnvironment:
    @pytest.mark.parametrize(("said", "expected"), [("", False), ("no", False), ("yes", True)])
    def test_sends_webhooks_to_this_machine_only_when_told_so(self, said, expected):
        assert _read(WEBHOOKS_ON_LOOPBACK=said).webhooks_on_loopback is expected

    def test_needs_nothing_to_run_on_this_machine(self):
        found = read_environment({})

        assert found.hosts == ("localhost", "127.0.0.1", "[::1]")
        assert found.address == "http://localhost"
        assert found.database["ENGINE"] == "django.db.backends.sqlite3"
        assert found.database["NAME"] == "var/scharnier.sqlite3"
        assert (found.https, found.behind_proxy, found.static_folder) == (False, False, None)

    @pytest.mark.parametrize(
        ("said", "address"),
        [
            ({"HOSTS": "kruisveld.example,localhost"}, "http://kruisveld.example"),
            ({"HOSTS": ".kruisveld.example", "HTTPS": "yes"}, "https://kruisveld.example"),
            ({"HOSTS": "*"}, "http://localhost"),
            ({"ADDRESS": "https://buurt.example/net/"}, "https://buurt.example/net"),
        ],
    )
    def test_knows_the_address_that_links_in_mail_start_with(self, said, address):
        assert _read(**said, SECRET_KEY="x" * 50).address == address

    @pytest.mark.parametrize("said", ["kruisveld.example", "ftp://kruisveld.example", "https://"])
    def test_refuses_an_address_that_nobody_can_open(self, said):
        with pytest.raises(ImproperlyConfigured, match="SCHARNIER_ADDRESS"):
            _read(ADDRESS=said)

    def test_makes_a_new_key_each_time_when_none_is_given(self):
        keys = {read_environment({}).secret_key for _ in range(3)}

        assert len(keys) == 3
        assert min(map(len, keys)) >= 50

    def test_demands_a_key_as_soon_as_others_reach_the_site(self):
        with pytest.raises(ImproperlyConfigured, match="SCHARNIER_SECRET_KEY"):
            _read(HOSTS="localhost, kruisveld.example")

    def test_takes_the_key_from_the_environment_or_from_a_file(self, tmp_path):
        said, written = "the key as said", "the key as written"
        file = tmp_path / "key"
        file.write_text(f"{written}\n")

        assert _read(HOSTS="kruisveld.example", SECRET_KEY=said).secret_key == said
        assert _read(HOSTS="kruisveld.example", SECRET_KEY_FILE=str(file)).secret_key == written

    def test_does_not_take_an_empty_file_for_a_key(self, tmp_path):
        file = tmp_path / "key"
        file.touch()

        with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY_FILE .* is empty"):
            _read(SECRET_KEY_FILE=str(file))

    def test_names_the_file_that_cannot_be_read(self, tmp_path):
        with pytest.raises(ImproperlyConfigured, match="nowhere cannot be read"):
            _read(SECRET_KEY_FILE=str(tmp_path / "nowhere"))

    @pytest.mark.parametrize(
        ("said", "meant"), [("yes", True), ("On", True), ("1", True), ("no", False), ("0", False)]
    )
    def test_reads_yes_and_no(self, said, meant):
        assert _read(HTTPS=said).https is meant

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("HTTPS", "maybe"),
            ("BEHIND_PROXY", "2"),
            ("LOG_LEVEL", "LOUD"),
            ("DAY", "tomorrow"),
            ("COUNTRY", "Nederland"),
            ("DATABASE_URL", "mysql://x/y"),
            ("DATABASE_URL", "postgresql://user@host:port/name"),
        ],
    )
    def test_names_the_variable_it_cannot_read(self, name, value):
        with pytest.raises(ImproperlyConfigured, match=f"SCHARNIER_{name}"):
            _read(**{name: value})

    def test_keeps_everything_in_the_folder(self):
        assert _read(FOLDER="/srv/kruisveld").database["NAME"] == "/srv/kruisveld/scharnier.sqlite3"

    def test_takes_an_absolute_file_for_sqlite(self):
        assert _read(DATABASE_URL="sqlite:////srv/a%20b.sqlite3").database["NAME"] == "/srv/a b.sqlite3"

    def test_starts_every_sqlite_transaction_as_a_writer(self):
        assert read_environment({}).database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"

    def test_reads_a_postgresql_address_part_by_part(self):
        found = _read(DATABASE_URL="postgresql://scharnier:p%40ss@db.example:5433/kruis%20veld").database

        parts = ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME")
        assert tuple(found[part] for part in parts) == (
            "django.db.backends.postgresql",
            "scharnier",
            "p@ss",
            "db.example",
            "5433",
            "kruis veld",
        )

    def test_reads_a_postgresql_socket(self):
        found = _read(DATABASE_URL="postgres://scharnier@/kruisveld?host=/run/postgresql").database

        assert (found["HOST"], found["PORT"]) == ("/run/postgresql", "")

    def test_takes_a_day_for_today(self):
        assert _read(DAY="2026-03-29").day == date(2026, 3, 29)

    def test_takes_the_netherlands_for_its_country_or_another(self):
        assert (_read().country, _read(COUNTRY="be").country) == ("NL", "BE")

    def test_takes_a_folder_of_collected_files(self):
        assert _read(STATIC_FOLDER="/srv/static").static_folder == Path("/srv/static")


class TestOpenId:
    NAMED = {"OIDC_CLIENT_ID": "scharnier", "OIDC_CLIENT_SECRET": "geheim"}

    def test_is_absent_until_an_issuer_is_named(self):
        found = _read()

        assert (found.openid_apps, found.openid_origins) == ((), ())

    def test_names_one_provider_and_where_its_forms_go(self):
        found = _read(OIDC_ISSUER="https://id.example/realms/wijk/", OIDC_NAME="De gemeente", **self.NAMED)

        (app,) = found.openid_apps
        assert (app["name"], app["client_id"], app["secret"]) == ("De gemeente", "scharnier", "geheim")
        assert app["settings"] == {"server_url": "https://id.example/realms/wijk"}
        assert found.openid_origins == ("https://id.example",)

    @pytest.mark.parametrize("missing", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
    def test_needs_all_that_goes_with_it(self, missing):
        named = {name: value for name, value in self.NAMED.items() if name != missing}

        with pytest.raises(ImproperlyConfigured, match=missing):
            _read(OIDC_ISSUER="https://id.example", **named)

    def test_is_at_an_address(self):
        with pytest.raises(ImproperlyConfigured, match="must be an address"):
            _read(OIDC_ISSUER="id.example", **self.NAMED)


class TestNetworks:
    @pytest.mark.parametrize(("said", "meant"), [("", False), ("no", False), ("yes", True)])
    def test_are_started_by_anyone_where_it_is_said(self, said, meant):
        assert _read(ANYONE_STARTS_NETWORKS=said).anyone_starts_networks is meant


class TestRetention:
    def test_is_as_shipped_unless_it_is_said(self):
        assert _read().retention == {}
        assert _read(RETENTION="mail=14  tie=730").retention == {"mail": 14, "tie": 730}

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ("mail=400", "choose 7 to 90"),
            ("post=14", "no such retention rules: post"),
            ("mail=long", "invalid literal"),
            ("mail", "invalid literal"),
        ],
    )
    def test_says_what_is_wrong(self, said, why):
        with pytest.raises(ImproperlyConfigured, match=why):
            _read(RETENTION=said)
