"""A time-stamping authority for the tests: certificates by `cryptography`, tokens by `asn1crypto`, real signatures."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 1, 26, 9, 30, tzinfo=UTC)
YEAR = timedelta(days=365)


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@dataclass
class Authority:
    """A root and a signing certificate, valid from a year before NOW to `until`. `lists_at` is where it says that its revocation list is."""

    name: str = "Invented Stamps"
    until: datetime = NOW + YEAR
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING
    critical: bool = True
    lists_at: str = ""
    serial: int = field(default=100, init=False)
    content_type: str = field(default="tst_info", init=False)
    is_named: bool = field(default=True, init=False)
    named: bytes = field(default=b"", init=False)

    def __post_init__(self) -> None:
        self._root_key, self._key = _key(), _key()
        self.root = self._certify(_name(f"{self.name} Root"), self._root_key.public_key(), NOW + 9 * YEAR, ca=True)
        self.signer = self._certify(_name(f"{self.name} Signer"), self._key.public_key(), self.until, ca=False)

    def _certify(self, subject: x509.Name, key: rsa.RSAPublicKey, until: datetime, *, ca: bool) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_name(f"{self.name} Root"))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - YEAR)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._root_key.public_key()), critical=False
            )
        )
        if not ca:
            builder = builder.add_extension(x509.ExtendedKeyUsage([self.usage]), critical=self.critical)
            if self.lists_at:
                place = x509.DistributionPoint([x509.UniformResourceIdentifier(self.lists_at)], None, None, None)
                builder = builder.add_extension(x509.CRLDistributionPoints([place]), critical=False)
        return builder.sign(self._root_key, hashes.SHA256())

    @property
    def pem(self) -> str:
        """The root, as an owner is given it."""
        return self.root.public_bytes(Encoding.PEM).decode()

    def revocation_list(self, *revoked: x509.Certificate) -> bytes:
        """Return the root's list of revoked certificates, in DER."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(NOW - timedelta(days=1))
            .next_update(NOW + timedelta(days=30))
        )
        for certificate in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(NOW - timedelta(days=2)).build())
        return builder.sign(self._root_key, hashes.SHA256()).public_bytes(Encoding.DER)

    def answer(self, request: bytes, at: datetime = NOW, *, nonce: int | None = None, status: int = 0) -> bytes:
        """Return the answer to a request, as it is sent."""
        if status:
            # SEQUENCE { SEQUENCE { INTEGER status } }: no token is given where none is granted.
            return bytes([0x30, 5, 0x30, 3, 2, 1, status])
        asked = tsp.TimeStampReq.load(request)
        self.serial += 1
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4",
                "message_imprint": asked["message_imprint"],
                "serial_number": self.serial,
                "gen_time": at,
                "nonce": asked["nonce"].native if nonce is None else nonce,
            }
        )
        token = self._sign(bytes(info.dump()), at)
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def _sign(self, info: bytes, at: datetime) -> cms.ContentInfo:
        signer = asn1.Certificate.load(self.signer.public_bytes(Encoding.DER))
        root = asn1.Certificate.load(self.root.public_bytes(Encoding.DER))
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": [self.content_type]},
                {"type": "message_digest", "values": [sha256(info).digest()]},
                {"type": "signing_time", "values": [cms.Time({"utc_time": at})]},
                {
                    "type": "signing_certificate_v2",
                    "values": [{"certs": [{"cert_hash": sha256(self.named or signer.dump()).digest()}]}],
                },
            ][: 3 + self.is_named]
        )
        digest = algos.DigestAlgorithm({"algorithm": "sha256"})
        signature = self._key.sign(attributes.dump(), PKCS1v15(), hashes.SHA256())
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [digest],
                "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
                "certificates": [signer, root],
                "signer_infos": [
                    {
                        "version": "v1",
                        "sid": {
                            "issuer_and_serial_number": {"issuer": signer.issuer, "serial_number": signer.serial_number}
                        },
                        "digest_algorithm": digest,
                        "signed_attrs": attributes,
                        "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
                        "signature": signature,
                    }
                ],
            }
        )
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})


class OddAuthority(Authority):
    """An authority that signs something that is no time stamp: of another type, or without the right name of its certificate."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(name)
        self.content_type = "data" if what == "type" else "tst_info"
        self.is_named = what != "name"
        self.named = b"another certificate" if what == "hash" else b""
