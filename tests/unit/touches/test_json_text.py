"""Rows are read and written alike whether the extra `speed` is installed or not."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from touches.store.json_text import decoded, encoded

PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text()


@given(values=st.lists(PLAIN | st.lists(PLAIN)))
def test_each_reads_what_the_other_wrote(values: list[Any]) -> None:
    assert decoded(encoded(values)) == values
    assert json.loads(encoded(values)) == values
    assert decoded(json.dumps(values)) == values
