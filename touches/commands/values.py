"""Types of options and arguments; what is wrong with a value is said in the words of the house."""

from typing import Any

import click


class OneOf(click.Choice[str]):
    """One of a few words. What is none of them is answered with the words that are near."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's
        """All words, and what was probably meant."""
        from touches.errors import did_you_mean

        return f'"{value}" is not one of {", ".join(self.choices)}.{did_you_mean(str(value), self.choices)}'


class Whole(click.IntRange):
    """A whole number between two bounds."""

    name = "whole number"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002 - click's
        """As it stands in the help of an option; an argument has its own name."""
        return "NUMBER" if isinstance(param, click.Option) else None


class Fraction(click.FloatRange):
    """A number that may have decimals, between two bounds."""

    name = "number"


class Words(click.ParamType[str]):
    """A text that says something."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """As it was written; blanks alone are refused."""
        if not str(value).strip():
            self.fail("it is empty; say it in a few words.", param, ctx)
        return str(value)


NUMBER = Whole(1, 2**63 - 1)  # of a row; what a database can hold
