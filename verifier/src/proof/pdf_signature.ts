/** The signature over the whole file (bundle.md, section 5). */

import { p256 } from "@noble/curves/nist.js";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { element, elementAt, elementsOf, identifier } from "./der.ts";
import { joined, latin1, same } from "./encodings.ts";
import { sha256, sha256Large } from "./hashing.ts";
import { findLast, isWhite } from "./pdf_bytes.ts";
import { stampUpdates } from "./stamp_updates.ts";

export interface ByteRange {
  /** The gap from `before` to `after`, and how many bytes stand behind it. */
  before: number;
  after: number;
  behind: number;
  /** Where /ByteRange stands. */
  place: number;
}

export interface FileSignature {
  range: ByteRange;
  certificate: Certificate;
  /** The bytes that the hexadecimal in the gap means. */
  contents: Uint8Array;
}

const WORD = "/ByteRange";
const RANGE_DIGITS = 12;
const UPPER_HEX = /^(?:[0-9A-F]{2})+$/;

const SIGNED_DATA = identifier("1.2.840.113549.1.7.2");
const DATA = identifier("1.2.840.113549.1.7.1");
const SHA256 = element(0x30, identifier("2.16.840.1.101.3.4.2.1"), Uint8Array.of(5, 0));
const ECDSA = element(0x30, identifier("1.2.840.10045.4.3.2"));
const CONTENT_TYPE = identifier("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST = identifier("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE = identifier("1.2.840.113549.1.9.16.2.47");
const ONE = Uint8Array.of(2, 1, 1);

/** Goes over the parts of a byte range, each once, so that many wrong ones cost no more than their length. */
class RangeReader {
  private readonly bytes: Uint8Array;
  private at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  private white(): boolean {
    const start = this.at;
    while (isWhite(this.bytes[this.at])) this.at++;
    return this.at > start;
  }

  private sign(code: number): boolean {
    this.white();
    return this.bytes[this.at++] === code;
  }

  /** A number of so many digits at most behind white space, or null. */
  private number(digits: number): number | null {
    const start = this.at;
    let value = 0;
    for (let code = this.bytes[this.at] ?? 0; code >= 48 && code <= 57; code = this.bytes[++this.at] ?? 0) {
      if (this.at - start >= digits) return null;
      value = value * 10 + code - 48;
    }
    return this.at > start ? value : null;
  }

  /** The three numbers behind `[0`, or null. */
  range(): [number, number, number] | null {
    if (!this.sign(91)) return null;
    this.white();
    if (this.number(1) !== 0) return null;
    const found: number[] = [];
    for (let count = 0; count < 3; count++) {
      const value = this.white() ? this.number(RANGE_DIGITS) : null;
      if (value === null) return null;
      found.push(value);
    }
    const [before = 0, after = 0, behind = 0] = found;
    return this.sign(93) ? [before, after, behind] : null;
  }
}

/** The last /ByteRange before an end that goes on as section 5 says. */
export function byteRangeBefore(bytes: Uint8Array, end: number): ByteRange | null {
  for (let place = findLast(bytes, WORD, end); place >= 0; place = findLast(bytes, WORD, place)) {
    const numbers = new RangeReader(bytes, place + WORD.length).range();
    if (numbers === null) continue;
    const [before, after, behind] = numbers;
    return { before, after, behind, place };
  }
  return null;
}

/** The bytes in the gap: `<`, upper-case hexadecimal, `>`; and before the zeroes behind it the CMS message. */
function gap(bytes: Uint8Array, { before, after }: ByteRange): { contents: Uint8Array; message: Uint8Array } | null {
  if (after - before < 4 || bytes[before] !== 60 || bytes[after - 1] !== 62) return null;
  const digits = latin1(bytes.subarray(before + 1, after - 1));
  if (!UPPER_HEX.test(digits)) return null;
  const contents = new Uint8Array(digits.length / 2);
  for (let at = 0; at < contents.length; at++) contents[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  const message = elementAt(contents)?.whole;
  if (!message || contents.subarray(message.length).some((byte) => byte !== 0)) return null;
  return { contents, message };
}

/** The certificate and the signature of a message, wherever they stand; the spelling is compared later. */
function partsOf(message: Uint8Array): { certificate: Certificate; signature: Uint8Array } | null {
  const inner = elementsOf(elementAt(message)?.content ?? new Uint8Array())?.[1];
  const data = inner && elementAt(inner.content);
  const [, , , certificates, signers] = (data && elementsOf(data.content)) ?? [];
  const certificate = certificates?.tag === 0xa0 ? parseCertificate(certificates.content) : null;
  const signer = signers && elementAt(signers.content);
  const signature = signer && elementsOf(signer.content)?.[5];
  if (!certificate || signature?.tag !== 0x04) return null;
  return { certificate, signature: signature.content };
}

function attribute(type: Uint8Array, value: Uint8Array): Uint8Array {
  return element(0x30, type, element(0x31, value));
}

/** The signed attributes, in their order. */
function attributes(digest: Uint8Array, certificate: Certificate): Uint8Array {
  const essCertificate = element(0x30, element(0x04, sha256(certificate.whole)));
  return joined(
    attribute(CONTENT_TYPE, DATA),
    attribute(MESSAGE_DIGEST, element(0x04, digest)),
    attribute(SIGNING_CERTIFICATE, element(0x30, element(0x30, essCertificate))),
  );
}

/** The one spelling of the message from its certificate, attributes and signature. */
function spelled(certificate: Certificate, signed: Uint8Array, signature: Uint8Array): Uint8Array {
  const issuerAndSerial = element(0x30, certificate.issuer, certificate.serial);
  const signer = element(0x30, ONE, issuerAndSerial, SHA256, element(0xa0, signed), ECDSA, element(0x04, signature));
  const data = element(
    0x30,
    ONE,
    element(0x31, SHA256),
    element(0x30, DATA),
    element(0xa0, certificate.whole),
    element(0x31, signer),
  );
  return element(0x30, SIGNED_DATA, element(0xa0, data));
}

function isEcdsa(signature: Uint8Array, signed: Uint8Array, point: Uint8Array): boolean {
  try {
    const options = { prehash: true, lowS: true, format: "der" } as const;
    return p256.verify(signature, element(0x31, signed), point, options);
  } catch {
    return false;
  }
}

/** The signature over a file of which `whole file` holds, or null (bundle.md, section 6, step 1). */
export async function wholeFileSignature(bytes: Uint8Array): Promise<FileSignature | null> {
  const range = byteRangeBefore(bytes, bytes.length);
  if (range === null || range.after + range.behind !== bytes.length || range.before > range.after) return null;
  const found = gap(bytes, range);
  const parts = found && partsOf(found.message);
  if (!found || !parts?.certificate.point) return null;
  const covered = joined(bytes.subarray(0, range.before), bytes.subarray(range.after));
  const signed = attributes(await sha256Large(covered), parts.certificate);
  if (!same(spelled(parts.certificate, signed, parts.signature), found.message)) return null;
  if (!isEcdsa(parts.signature, signed, parts.certificate.point)) return null;
  return { range, certificate: parts.certificate, contents: found.contents };
}

/** How many byte ranges are looked at for the file as it was signed: those of 32 stamp updates may stand behind its own. */
const CANDIDATES = 64;

/** The length of the file as it was signed, with its stamp updates, where bytes were added behind it (bundle.md, section 6). */
export async function signedLength(bytes: Uint8Array, expired: () => void): Promise<number | null> {
  const tried = new Set<number>();
  let end = bytes.length;
  for (let count = 0; count < CANDIDATES; count++) {
    const range = byteRangeBefore(bytes, end);
    if (range === null) return null;
    const length = range.after + range.behind;
    if (length > range.place && length < bytes.length) {
      const signed = bytes.subarray(0, length);
      const before = stampUpdates(signed, expired)[0]?.start ?? length;
      if (!tried.has(before) && (await wholeFileSignature(signed.subarray(0, before)))) return length;
      tried.add(before);
    }
    end = range.place;
  }
  return null;
}
