# SPDX-License-Identifier: EUPL-1.2
from django import forms

from scharnier.site.templatetags.fields import options


def drawn(choices, *, value=""):
    form = forms.Form(initial={"who": value})
    form.fields["who"] = forms.ChoiceField(choices=choices)
    return options(form["who"])


class TestOptions:
    def test_say_which_one_is_chosen(self):
        text = drawn([("a", "Ann"), ("b", "Bob")], value="b")

        assert text == '<option value="a">Ann</option><option value="b" selected>Bob</option>'

    def test_stand_under_the_name_of_their_group(self):
        text = drawn([("Buurt", [("a", "Ann")])])

        assert text == '<optgroup label="Buurt"><option value="a">Ann</option></optgroup>'

    def test_let_nobody_write_html_in_a_name(self):
        text = drawn([('"><b>', "<script>"), ("<i>", [("a", "&")])])

        assert text == (
            '<option value="&quot;&gt;&lt;b&gt;">&lt;script&gt;</option>'
            '<optgroup label="&lt;i&gt;"><option value="a">&amp;</option></optgroup>'
        )
