import ssl
from datetime import UTC, datetime, timedelta

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from rlhf_linkcheck.net.certificate import Kind, issuer_place, kind_of

OCSP, CA_ISSUERS = AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS
KEY = ec.generate_private_key(ec.SECP256R1())
NOW = datetime.now(UTC)


def named(*parts: str) -> x509.Name:
    names = [x509.NameAttribute(NameOID.COMMON_NAME, part) for part in parts]
    return x509.Name([x509.RelativeDistinguishedName(names)])


def certificate(
    subject: x509.Name, issuer: x509.Name, *extensions: x509.ExtensionType, authority: bool = False
) -> bytes:
    """A certificate in DER."""
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(KEY.public_key())
    builder = builder.serial_number(1).not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1))
    for extension in (x509.BasicConstraints(ca=authority, path_length=None), *extensions):
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(KEY, SHA256()).public_bytes(Encoding.DER)


def leaf(*places: tuple[x509.ObjectIdentifier, str]) -> bytes:
    """A certificate that names these places of its issuer's."""
    described = [x509.AccessDescription(how, x509.UniformResourceIdentifier(where)) for how, where in places]
    return certificate(named("a"), named("b"), *([x509.AuthorityInformationAccess(described)] if described else []))


LONG, LONGER = f"http://ca.example/{'x' * 150}", f"http://ca.example/{'x' * 400}"
PLACES = (
    ((), None),
    (((CA_ISSUERS, "http://ca.example/i.cer"),), "http://ca.example/i.cer"),
    (((OCSP, "http://ocsp.example/"), (CA_ISSUERS, "http://ca.example/i.cer")), "http://ca.example/i.cer"),
    (((OCSP, "http://ocsp.example/"),), None),
    (((CA_ISSUERS, "ldap:///CN=x?cACertificate"), (CA_ISSUERS, "http://ca.example/i")), "http://ca.example/i"),
    (((CA_ISSUERS, LONG),), LONG),
    (((CA_ISSUERS, LONGER),), LONGER),
    (((CA_ISSUERS, "https://ca.example/i.cer"),), None),
    (((CA_ISSUERS, "file:///etc/passwd"),), None),
    (((CA_ISSUERS, "http://127.0.0.1/i.cer"),), None),
    (((CA_ISSUERS, "http://0x7f.1/i.cer"),), None),
    (((CA_ISSUERS, "http://[::1]/i.cer"),), None),
    (((CA_ISSUERS, "http://u:p@ca.example/a b"),), "http://ca.example/a%20b"),
    (((CA_ISSUERS, ""),), None),
)


@pytest.mark.parametrize(("places", "url"), PLACES)
def test_a_certificate_says_where_its_issuers_is(
    places: tuple[tuple[x509.ObjectIdentifier, str], ...], url: str | None
) -> None:
    place = issuer_place(leaf(*places))
    assert (place.url if place else None) == url


OID = bytes.fromhex("06082b06010505073002")


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"garbage",
        OID,
        OID + b"\x86",
        OID + b"\x86\x82",
        OID + b"\x86\x84\xff\xff\xff\xff" + b"http://ca.example/",
        OID + b"\x82\x12" + b"http://ca.example/",
        OID + b"\x86\xff" + b"\0" * 300,
        OID * 100_000,
        b"\0" * 10_000_000 + OID + b"\x86\x12http://ca.example/",
    ],
    ids=range(10),
)
def test_hostile_bytes_name_no_place(octets: bytes) -> None:
    assert issuer_place(octets) is None


def der_of(authority: trustme.CA) -> bytes:
    return ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())


ROOT = trustme.CA()
CHILD = der_of(ROOT.create_child_ca())
KINDS = (
    ("an intermediate", CHILD, Kind.INTERMEDIATE),
    ("a root", der_of(ROOT), Kind.OTHER),
    ("a leaf", leaf(), Kind.OTHER),
    ("nothing", b"", Kind.NONE),
    ("a page", b"<!doctype html><title>404</title>", Kind.NONE),
    ("half a certificate", CHILD[:200], Kind.NONE),
    ("ten megabytes", b"0" * 10_000_000, Kind.NONE),
    ("two certificates", CHILD + der_of(ROOT), Kind.NONE),
    ("an intermediate and a leaf that signs itself", CHILD + certificate(named("a"), named("a")), Kind.NONE),
    ("PEM", ROOT.cert_pem.bytes(), Kind.NONE),
    # OpenSSL takes each of these for its own issuer, and would end a chain at it.
    ("another case", certificate(named("An  Authority"), named(" an authority"), authority=True), Kind.OTHER),
    ("another order", certificate(named("a", "b"), named("b", "a"), authority=True), Kind.OTHER),
    ("no names", certificate(x509.Name([]), x509.Name([]), authority=True), Kind.OTHER),
    ("another name", certificate(named("a"), named("b"), authority=True), Kind.INTERMEDIATE),
)


@pytest.mark.parametrize(("octets", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_only_what_another_authority_signed_is_an_intermediate(octets: bytes, kind: Kind) -> None:
    assert kind_of(octets) is kind
