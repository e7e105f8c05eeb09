"""Certificates that tell where their issuer's own is to be had, for servers that leave that out."""

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import AuthorityInformationAccessOID


def issue_with_address(authority: trustme.CA, name: str, address: str) -> trustme.Blob:
    """A key and a certificate for a name, without its chain, that says where its issuer's is."""
    leaf = authority.issue_cert(name)
    return trustme.Blob(
        leaf.private_key_pem.bytes() + with_address(leaf.cert_chain_pems[0].bytes(), authority, address)
    )


def with_address(pem: bytes, authority: trustme.CA, address: str) -> bytes:
    """This certificate of the authority's signed anew, now with where the authority's own is (RFC 5280, 4.2.2.1)."""
    plain = x509.load_pem_x509_certificate(pem)
    builder = (
        x509.CertificateBuilder()
        .subject_name(plain.subject)
        .issuer_name(plain.issuer)
        .public_key(plain.public_key())
        .serial_number(plain.serial_number)
        .not_valid_before(plain.not_valid_before_utc)
        .not_valid_after(plain.not_valid_after_utc)
    )
    for extension in plain.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    place = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(address))
    signed = builder.add_extension(x509.AuthorityInformationAccess([place]), critical=False).sign(
        _private_key(authority), SHA256()
    )
    return signed.public_bytes(Encoding.PEM)


def _private_key(authority: trustme.CA) -> CertificateIssuerPrivateKeyTypes:
    pem = authority.private_key_pem.bytes()
    return load_pem_private_key(pem, password=None)  # type: ignore[return-value]  # it has signed before
