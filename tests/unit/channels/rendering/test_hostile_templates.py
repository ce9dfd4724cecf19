"""The corpus of template injection and exhaustion: every entry is refused or harmless, and at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.errors import UnsendableError
from channels.protocol import Piece
from channels.rendering import render_html, render_markdown_plain, render_text, variables_of

REFUSED = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''|attr('__class__') }}",
    "{{ '{0.__class__}'.format(lead) }}",
    "{{ ['{0.__class__}'.format]|map('string')|list }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ joiner.__init__ }}",
    "{{ namespace.__init__ }}",
    "{{ request }}",
    "{{ config }}",
    "{{ self }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as o %}",
    "{% from 'os' import path %}",
    "{% extends 'base' %}",
    "{% block x %}{% endblock %}",
    "{{ 'x'*10**10 }}",
    "{{ 9**(9**9) }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in range(3) %}{{ a }}{% endfor %}",
    "{% for a in lead.tags %}{% for b in lead.tags %}x{% endfor %}{% endfor %}",
    "{% for a in [1, 2] %}{% endfor %}",
    "{% for a in lead.tree recursive %}{{ loop(a) }}{% endfor %}",
    "{{ '%10000000000d'|format(1) }}",
    "{{ '%10000000000d' % 1 }}",
    "{{ '{:>10000000000}'.format(1) }}",
    "{{ 'x'|center(10**10) }}",
    "{{ 'x'|center(1000) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% set x = 'aaaa' %}{% set x = x ~ x %}",
    "{% with x = 1 %}{% endwith %}",
    "{% filter upper %}x{% endfilter %}",
    "{% call x() %}{% endcall %}",
    "{{ lipsum(100000) }}",
    "{{ ('x '*10**7)|wordwrap(2) }}",
    "{{ lead.first_name|tojson }}",
    "{{ lead.first_name|safe }}",
    "{{ lead.first_name|replace('', 'xxxx') }}",
    "{{ lead.first_name|join(lead.first_name) }}",
    "{{ lead.items() }}",
    "{{ lead.keys }}",
    "{{ lead }}",
    "{{ lead.tags }}",
    "{{ debug() }}",
    "{% raw %} {{ lead.x }}",
    "{{",
    "{% for %}",
    "{{ lead.first_name|nonesuch }}",
    "{{ lead.first_name is nonesuch }}",
    "{{ 99999999999 }}",
    "{{ 'y" + "y" * 600 + "' }}",
    "{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}",
    "{{ 'x'" + "|upper" * 5_000 + " }}",
    "{{ " + "~".join(["lead.first_name"] * 400) + " }}",
    "{{ " + "+".join(["lead.first_name"] * 400) + " }}",
    "{{ lead.first_name / 0 }}",
    "{{ lead.age / 0 }}",
    "{{ lead.first_name + 1 }}",
    "x" * 70_000,
    "\U000f0000",
]
VALUES = {"first_name": "Aino", "age": 41, "tags": ["a", "b"]}
HOSTILE_NAMES = [
    "{{7*7}}",
    "${7*7}",
    "<%= 7*7 %>",
    "#{7*7}",
    "**x**",
    "_x_",
    "<b>",
    "[a](javascript:alert(1))",
    "![a](https://evil.example/x.png)",
    "<https://evil.example>",
    "# x",
    "- x",
    "1. x",
    "> x",
    "`x`",
    "| a | b |",
    "&amp;",
    "\\*x",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{% raw %}",
    "</p></body>",
    "***",
    "!",
]


def piece(body: str) -> Piece:
    return Piece(key="k", subject="s", body=body)


@pytest.mark.parametrize("source", REFUSED, ids=lambda source: source[:60])
def test_a_template_that_escapes_or_explodes_is_refused(source: str) -> None:
    with pytest.raises(UnsendableError):
        render_text(piece(source), VALUES)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("body", ["Hi {{ lead.name }}, *you*", "Hi {{ lead.name|trim }}, *you*"])
def test_a_hostile_name_appears_literally_in_text(name: str, body: str) -> None:
    assert render_text(piece(body), {"name": name}).body == f"Hi {name}, you"
    assert render_markdown_plain(piece(body), {"name": name}).body == f"Hi {name}, you"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_appears_literally_in_html(name: str) -> None:
    import html

    shown = html.escape(name)
    assert render_html(piece("{{ lead.name }}"), {"name": name}) == f"<p>{shown}</p>\n"
    assert render_html(piece("**{{ lead.name }}**"), {"name": name}) == f"<p><strong>{shown}</strong></p>\n"


@given(st.text())
@settings(deadline=None)
def test_any_value_leaves_the_tags_of_the_html_alone(value: str) -> None:
    from html.parser import HTMLParser

    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[object] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen.append((tag, [name for name, _ in attrs]))

    reader = Tags()
    source = "# {{ lead.x }}\n\n- **{{ lead.x }}** [{{ lead.x }}](https://a.example/{{ lead.x }} '{{ lead.x }}')"
    reader.feed(render_html(piece(source), {"x": value}))
    assert reader.seen == [("h1", []), ("ul", []), ("li", []), ("strong", []), ("a", ["href", "title"])]


@pytest.mark.parametrize(
    "link",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&#58;alert(1))",
        "[a]( javascript:x)",
        "[a](data:text/html,x)",
        "[a](file:///etc/passwd)",
        "[a](//evil.example)",
        "[a](/relative)",
        "<javascript:alert(1)>",
        "<a href='javascript:x'>a</a>",
    ],
)
def test_a_link_outside_the_allowed_schemes_is_no_link(link: str) -> None:
    assert "<a" not in render_html(piece(link), {}).replace("&lt;a", "")


@pytest.mark.parametrize("url", ["https://a.example/x", "http://a.example", "mailto:a@b.example", "tel:+3581"])
def test_a_link_of_an_allowed_scheme_is_kept(url: str) -> None:
    assert render_html(piece(f"[a]({url})"), {}) == f'<p><a href="{url}">a</a></p>\n'


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "", "x", " data:text/html,x"])
def test_a_value_used_as_a_whole_link_must_be_one(url: str) -> None:
    with pytest.raises(UnsendableError, match="unsafe link"):
        render_html(piece("[a]({{ lead.url }})"), {"url": url})


def test_a_value_inside_a_link_is_percent_encoded() -> None:
    shown = render_html(piece("[a](https://a.example/?q={{ lead.q }}&z=1)"), {"q": 'a b&c="#'})
    assert 'href="https://a.example/?q=a%20b%26c%3D%22%23&amp;z=1"' in shown


def test_control_characters_and_overrides_of_a_value_disappear_from_the_body() -> None:
    assert render_text(piece("a{{ lead.x }}b"), {"x": "\x00\x1b\u202e\ud800\r\n"}).body == "a\nb"


def test_output_is_capped_on_both_ways() -> None:
    big = "y" * 600_000
    for source in ("{{ lead.x }}{{ lead.x }}", "{% for c in lead.xs %}{{ lead.x }}{% endfor %}"):
        with pytest.raises(UnsendableError, match="text too long"):
            render_text(piece(source), {"x": big, "xs": [1, 2]})


def test_an_unknown_variable_is_named_with_the_nearest_known() -> None:
    for source in (
        "{{ lead.first_nam }}",
        "{{ lead.first_nam|upper }}",
        "{% if lead.first_nam > 1 %}x{% endif %}",
    ):
        with pytest.raises(UnsendableError, match=r"unknown variable: lead.first_nam; did you mean lead.first_name\?"):
            render_text(piece(source), VALUES)


def test_variables_are_listed_dotted_without_the_names_of_loops() -> None:
    source = "{{ lead.a }}{% for o in lead.orders %}{{ o.date }}{{ loop.index }}{% endfor %}"
    source += "{% if owner.b %}.{% endif %}"
    assert variables_of(source) == {"lead.a", "lead.orders", "owner.b"}
