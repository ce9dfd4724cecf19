"""The hash under which an address is suppressed is plain HMAC-SHA256: other programs can make it with the key."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from touches.tokens import Signer


@given(key=st.binary(min_size=1, max_size=200), kind=st.sampled_from(["email", "phone", "postal"]), address=st.text())
def test_it_is_hmac_sha256_of_kind_and_address(key: bytes, kind: str, address: str) -> None:
    try:
        message = f"address:{kind}:{address}".encode()
    except UnicodeEncodeError:
        return
    expected = hmac.new(key, message, hashlib.sha256).hexdigest()[:32]
    signer = Signer(key)
    assert signer.address_hash(kind, address) == expected
    assert signer.address_hashes(kind, [address, ""]) == [expected if address else "", ""]


def test_it_is_made_with_the_oldest_key() -> None:
    assert Signer(b"new", retired=(b"old",)).address_hash("email", "a") == Signer(b"old").address_hash("email", "a")
