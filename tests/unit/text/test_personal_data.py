# SPDX-License-Identifier: EUPL-1.2
"""What points at one person is found; what does not, passes. Numbers, names and addresses are invented."""

from __future__ import annotations

import pytest

from scharnier.core import text
from scharnier.core.text import PersonalDataKind as Kind

REFUSED = [
    (Kind.BSN, "haar bsn is 123456782"),
    (Kind.BSN, "BSN 111222333, graag hulp"),
    (Kind.BSN, "bsn: 1112.22.333"),
    (Kind.BSN, "nummer 123 456 782 van meneer"),
    (Kind.BSN, "nummer 123.456.782 van meneer"),
    (Kind.BSN, "woont op nummer 12 123456782 heeft schulden"),
    (Kind.BSN, "12 34 56 782"),
    (Kind.BSN, "een oud nummer van acht cijfers, 10000008"),
    (Kind.BSN, "btw-nummer NL123456782B01 van de bakker"),
    (Kind.PHONE, "bel 06-12345678"),
    (Kind.PHONE, "bel 0612345678"),
    (Kind.PHONE, "bel 06 12 34 56 78 na zes uur"),
    (Kind.PHONE, "bel 06.12.34.56.78."),
    (Kind.PHONE, "tel. 020-1234567"),
    (Kind.PHONE, "tel. (020) 123 45 67"),
    (Kind.PHONE, "+31 6 12345678"),
    (Kind.PHONE, "+31 (0)6 12 34 56 78"),
    (Kind.PHONE, "0031612345678"),
    (Kind.PHONE, "haar moeder in Ankara: +90 312 123 45 67"),
    (Kind.PHONE, "call (202) 555-0143 after six"),
    (Kind.PHONE, "call 202-555-0143"),
    (Kind.EMAIL, "mail naar sam.bakker@voorbeeld.nl"),
    (Kind.EMAIL, "SAM+buurt@mail.voorbeeld.co.uk"),
    (Kind.EMAIL, "sam (at) voorbeeld.nl"),
    (Kind.EMAIL, "sam[apenstaartje]voorbeeld.nl"),
    (Kind.IBAN, "rekening NL91ABNA0417164300"),
    (Kind.IBAN, "rekening NL91 ABNA 0417 1643 00 is leeg"),
    (Kind.IBAN, "nl91abna0417164300"),
    (Kind.IBAN, "BE68 5390 0754 7034 staat op haar naam"),
    (Kind.IBAN, "GB82 WEST 1234 5698 7654 32"),
    (Kind.NAME_WITH_BIRTH_DATE, "Jan de Vries, geboren 12-03-1985"),
    (Kind.NAME_WITH_BIRTH_DATE, "Jan de Vries (12-03-1985) heeft geen huis"),
    (Kind.NAME_WITH_BIRTH_DATE, "mevrouw Jansen, geb. 12 maart 1950, is eenzaam"),
    (Kind.NAME_WITH_BIRTH_DATE, "Fatima, geboren op 1 januari 2009"),
    (Kind.NAME_WITH_BIRTH_DATE, "J. van den Berg, 1/2/1944"),
    (Kind.NAME_WITH_BIRTH_DATE, "Geboren op 12-03-1985: Karel Mulder"),
    (Kind.NAME_WITH_BIRTH_DATE, "Samira El Amrani *1990-05-17"),
    (Kind.NAME_WITH_BIRTH_DATE, "Mary Poppins, born March 3, 1980"),
    (Kind.NAME_WITH_BIRTH_DATE, "Mary Poppins dob 03/12/80"),
    (Kind.NAME_WITH_BIRTH_DATE, "de zoon van Karel Mulder is geboren op 3 mei 2012"),
    (Kind.LICENCE_PLATE, "een witte bus met kenteken GB-12-KD"),
    (Kind.LICENCE_PLATE, "auto 12-xbk-3 staat er al weken"),
    (Kind.LICENCE_PLATE, "scooter G-123-BB"),
    (Kind.ADDRESS, "overlast op 1234 AB 12"),
    (Kind.ADDRESS, "Zij woont op 1234 AB 12. Daar lekt het."),
    (Kind.ADDRESS, "de buren op 1234AB, nummer 7"),
    (Kind.ADDRESS, "1234ab 12"),
    (Kind.ADDRESS, "Kerkstraat 12, 1234 AB Kruisveld"),
    (Kind.ADDRESS, "Kerkstraat 12b 1234AB"),
]

PASSED = [
    "hangjongeren bij het winkelcentrum",
    "sinds 2019 is er overlast",
    "plannen voor 2024-2025 en 2026 2027",
    "op 12-03-2025 om 10:30 uur",
    "tussen 01-02-2025 en 03-04-2025 waren er 12 meldingen",
    "20250312 was de dag van de storm",
    "op 12 maart 2025 was er een feest",
    "het kost € 1.250,50 per jaar",
    "een begroting van € 12.345.678",
    "subsidie van 123.456.782 euro",
    "EUR 123456782",
    "112 bellen of 14 020",
    "bel 0900-8844 voor de politie",
    "bel gratis 0800 1351",
    "gratis nummer 0800-1234567",
    "betaald nummer 0900 123456",
    "op 01-02-2025 10:30 uur",
    "services to 18-to-24 year olds",
    "de wet (Belgisch Staatsblad, 28 mei 2014) en het Hof van Justitie (1 maart 2016)",
    "op nummer 12 en 14 van de Kerkstraat",
    "Kerkstraat 12",
    "postcode 1234 AB heeft veel leegstand",
    "in 2024 OM 9 uur begon het",
    "IN 2024 IN 3 WEKEN",
    "Karel Mulder is de wijkagent",
    "mevrouw Jansen is eenzaam",
    "Jan de Vries was er op 12 maart 2025",
    "Vrouw, geboren 12-03-1985, zoekt werk",
    "een jongen van 15 en een meisje van 12",
    "geboren in 1985",
    "de school aan de A12 is 3 km verder",
    "65-plussers en 18-minners",
    "van 9.00 tot 17.00 uur, 24/7",
    "hij slaapt 3-4 uur, 2 keer per week 100 meter lopen",
    "KvK 12345678",
    "zaaknummer 123456782",
    "melding 123456782 is afgesloten",
    "100 000 inwoners",
    "look at example.com",
    "@kruisveld op sociale media",
    "te koop: stoel, 25 euro",
    "NL is klein",
    "NL91ABNA0417164301",
    "123456789 is geen bsn",
    "000000000",
    "3,14159265358979",
    "de bus 12-34-56 rijdt niet",
    "artikel 13b Opiumwet, lid 2 sub 3",
    "coördinaten 52.370216, 4.895168",
    "COVID-19 en de jaren daarna",
    "rekening XX12 ABCD 1234 5678 90",
    "NL91 ABNA 0417",
]


class TestFindPersonalData:
    @pytest.mark.parametrize(("kind", "s"), REFUSED)
    def test_finds_what_points_at_one_person(self, kind, s):
        found = text.find_personal_data(s)

        assert [data.kind for data in found] == [kind]

    @pytest.mark.parametrize("s", PASSED)
    def test_lets_other_numbers_and_names_pass(self, s):
        assert text.find_personal_data(s) == ()

    def test_says_where(self):
        s = "Bel Jan op 06-12345678 of mail sam@voorbeeld.nl"

        found = text.find_personal_data(s)

        assert [s[data.start : data.end] for data in found] == ["06-12345678", "sam@voorbeeld.nl"]

    def test_never_repeats_what_it_found(self):
        found = text.find_personal_data("mail sam@voorbeeld.nl")

        assert "voorbeeld" not in repr(found)
        assert found[0].facts == {"masked": "sa…"}
