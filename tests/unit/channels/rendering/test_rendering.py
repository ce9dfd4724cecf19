"""What a piece looks like as text, as HTML, as blocks; and that the short way equals the long one."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.errors import UnsendableError
from channels.protocol import Piece
from channels.rendering import BlockKind, render_blocks, render_html, render_markdown_plain, render_text
from channels.rendering.pieces import Form, filled
from channels.rendering.template import Template, compile_by_program, compile_template, namespaces

PARTS = st.lists(
    st.sampled_from(
        [
            "Hello ",
            "**",
            "*",
            "\n\n",
            "\n- ",
            "# ",
            "`",
            "[a](https://x.example/?q=",
            ")",
            "[b](",
            "mailto:",
            "tel:",
            " & ",
            "<b>",
            "{{ lead.a }}",
            "{{ lead.b }}",
            "{{ lead.url }}",
            "{{ owner.name }}",
            "\n| a | b |\n|---|---|\n| ",
            " | ",
            "> ",
            "é漢字",
            "{# note #}",
            "{{ lead.none }}",
        ]
    ),
    max_size=25,
).map("".join)


def piece(body: str, **texts: str) -> Piece:
    return Piece(key="k", subject=texts.pop("subject", "s"), body=body, **texts)


def outcome(template: Template, names: Mapping[str, object], form: Form) -> str:
    try:
        return filled(template.evaluate(names), form)
    except UnsendableError as error:
        return str(error)


@given(PARTS, st.text(), st.integers())
@settings(deadline=None)
def test_the_short_way_equals_the_long_one(source: str, a: str, b: int) -> None:
    names = namespaces({"a": a, "b": b, "none": None, "url": "https://k.example/ä?<", "owner": {"name": "Aino"}})
    short, long = compile_template(source), compile_by_program(source)
    assert short.paths is not None
    assert long.paths is None
    for form in Form:
        assert outcome(short, names, form) == outcome(long, names, form)


def test_conditions_loops_and_defaults_work() -> None:
    source = (
        "{% if lead.city == 'Oulu' %}North{% else %}South{% endif %} {{ lead.nick|default('friend') }}"
        "{% for o in lead.orders %} {{ loop.index }}:{{ o.what|upper }}"
        "{% if not loop.last %},{% endif %}{% endfor %}"
        " {{ lead.tags|join(' + ') }} {{ lead.city[:2] }} {{ 'x' if lead.city is defined else 'y' }}"
    )
    values = {"city": "Oulu", "orders": [{"what": "tea"}, {"what": "cup"}], "tags": ["a", 2]}
    assert render_text(piece(source), values).body == "North friend 1:TEA, 2:CUP a + 2 Ou x"


def test_numbers_and_dates_are_printed_plainly() -> None:
    values = {"n": 3, "f": 2.5, "d": date(2027, 3, 1), "yes": True}
    source = "{{ lead.n }} {{ lead.f }} {{ lead.d }} {{ lead.yes }}"
    assert render_text(piece(source), values).body == "3 2.5 2027-03-01 True"


@pytest.mark.parametrize(
    "source", ["Hi {{ lead.nick }}.", "Hi {{ lead.nick|upper }}.", "{% for n in lead.nick %}{% endfor %}"]
)
def test_a_value_that_this_lead_lacks_is_never_sent_as_a_gap(source: str) -> None:
    with pytest.raises(UnsendableError, match=r"no value: lead.nick is not known of this lead; write .*default"):
        render_text(piece(source), {"nick": None})


@pytest.mark.parametrize(
    "source",
    [
        "{{ lead.nick|default('you') }}",
        "{% if lead.nick %}{{ lead.nick }}{% else %}you{% endif %}",
        "{% if lead.nick == 'Al' %}Al{% else %}you{% endif %}",
        "{{ lead.nick if lead.nick is defined else 'you' }}",
    ],
)
def test_a_text_has_ways_out_for_leads_who_lack_a_value(source: str) -> None:
    assert render_text(piece(source), {"nick": None}).body == "you"
    assert render_text(piece(source), {"x": "a column that others have and this lead has not"}).body == "you"
    assert render_text(piece(source), {"nick": "Al"}).body == "Al"


def test_subject_greeting_and_ask_are_single_lines() -> None:
    shown = render_text(
        piece("b", subject=" A\n {{ lead.x }} ", greeting="Hi\n{{ lead.x }},", ask="Reply\tnow"), {"x": "y"}
    )
    assert (shown.subject, shown.greeting, shown.ask) == ("A y", "Hi y,", "Reply now")


def test_a_lead_may_be_given_by_name_or_bare() -> None:
    assert render_text(piece("{{ lead.x }}"), {"x": "1"}) == render_text(piece("{{ lead.x }}"), {"lead": {"x": "1"}})


MARKDOWN = """# News

Open until **22:00**, see [the page](https://k.example/a) or <https://k.example/b>.
Second line.

- one
- two [write](mailto:a@k.example)
    1. inner
    2. inner

> quoted
> more

---

    code * here
"""


def test_text_reads_well_without_markup() -> None:
    assert render_text(piece(MARKDOWN), {}).body == (
        "News\n\nOpen until 22:00, see the page <https://k.example/a> or https://k.example/b. "
        "Second line.\n\n"
        "- one\n- two write <a@k.example>\n  1. inner\n  2. inner\n\n> quoted more\n\n" + "-" * 20 + "\n\ncode * here"
    )


def test_for_a_telephone_links_stand_bare() -> None:
    shown = render_markdown_plain(piece("See [us](https://k.example/a), [call](tel:+358401)."), {}).body
    assert shown == "See us https://k.example/a, call +358401."


def test_a_typed_web_address_becomes_a_link_without_the_full_stop() -> None:
    source = "See https://k.example/{{ lead.x }}?a=1&b=2. (Or http://k.example/b), `https://c.example` [h](https://d.example)"
    shown = render_html(piece(source), {"x": "ä b"})
    assert '<a href="https://k.example/%C3%A4%20b?a=1&amp;b=2">https://k.example/ä b?a=1&amp;b=2</a>. (Or' in shown
    assert '<a href="http://k.example/b">http://k.example/b</a>), <code>https://c.example</code>' in shown
    assert shown.count("<a ") == 3
    assert render_text(piece("See https://k.example/a."), {}).body == "See https://k.example/a."


def test_html_has_greeting_body_and_ask() -> None:
    shown = render_html(piece("*b*", greeting="Hi <{{ lead.x }}>", ask="Reply & win"), {"x": "&"})
    assert shown == "<p>Hi &lt;&amp;&gt;</p>\n<p><em>b</em></p>\n<p>Reply &amp; win</p>\n"


def test_blocks_carry_styles_and_values_for_letters() -> None:
    heading, paragraph, item = render_blocks(
        piece("# H {{ lead.x }}\n\na **{{ lead.x }}** [l](https://k.example/{{ lead.x }})\n\n3. i"),
        {"x": "*y*"},
    )
    assert (heading.kind, heading.level, heading.spans[0].text) == (BlockKind.HEADING, 1, "H *y*")
    assert [(span.text, span.strong, span.href) for span in paragraph.spans] == [
        ("a ", False, ""),
        ("*y*", True, ""),
        (" ", False, ""),
        ("l", False, "https://k.example/%2Ay%2A"),
    ]
    assert (item.marker, item.depth) == ("3.", 1)
