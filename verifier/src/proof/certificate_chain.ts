/** Chains of certificates (RFC 5280, as far as time-stamps.md, section 3, step 5 needs it). */

import {
  type AlgorithmIdentifier,
  type BasicConstraints,
  type Certificate,
  type ExtKeyUsage,
  getCrypto,
  type RelativeDistinguishedNames,
} from "pkijs";
import type * as asn1js from "asn1js";
import { same } from "./encodings.ts";

const BASIC_CONSTRAINTS = "2.5.29.19";
const KEY_USAGE = "2.5.29.15";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const LENGTH = 10;
/** Signatures that are looked at; certificates of one name can be many. */
const CHECKS = 100;

/** The DER of a name. */
export function nameBytes(name: RelativeDistinguishedNames): Uint8Array {
  return new Uint8Array(name.toSchema().toBER(false));
}

/** Whether a certificate was valid at a time (step 4). */
export function isValidAt(certificate: Certificate, at: Date): boolean {
  return certificate.notBefore.value <= at && at <= certificate.notAfter.value;
}

function extensionOf(certificate: Certificate, id: string) {
  const found = certificate.extensions?.filter((each) => each.extnID === id) ?? [];
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a certificate's extended key usage is time stamping alone, and critical (step 5). */
export function isStampingAlone(certificate: Certificate): boolean {
  const extension = extensionOf(certificate, EXTENDED_KEY_USAGE);
  const usages = (extension?.parsedValue as ExtKeyUsage | undefined)?.keyPurposes;
  return extension?.critical === true && usages?.length === 1 && usages[0] === TIME_STAMPING;
}

/** Whether a certificate may certify others. */
function mayCertify(certificate: Certificate): boolean {
  const constraints = extensionOf(certificate, BASIC_CONSTRAINTS)?.parsedValue as BasicConstraints | undefined;
  const usage = extensionOf(certificate, KEY_USAGE)?.parsedValue as asn1js.BitString | undefined;
  const bits = usage?.valueBlock.valueHexView[0];
  return constraints?.cA === true && (bits === undefined || (bits & 0x04) !== 0);
}

/** Whether data is signed by the key of a certificate. */
export async function isSignedBy(
  data: Uint8Array,
  signature: asn1js.BitString | asn1js.OctetString,
  certificate: Certificate,
  algorithm: AlgorithmIdentifier,
  hash?: string,
): Promise<boolean> {
  const engine = getCrypto(true);
  const key = certificate.subjectPublicKeyInfo;
  try {
    return await engine.verifyWithPublicKey(data.slice(), signature, key, algorithm, hash);
  } catch {
    return false;
  }
}

function isIssuedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  return isSignedBy(certificate.tbsView, certificate.signatureValue, issuer, certificate.signatureAlgorithm);
}

function isOne(one: Certificate, other: Certificate): boolean {
  const [mine, yours] = [one.signatureValue.valueBlock.valueHexView, other.signatureValue.valueBlock.valueHexView];
  return same(one.tbsView, other.tbsView) && same(mine, yours);
}

/** Whether a certificate chains to a trusted one, all of them valid at a time (step 5). */
export async function chains(
  certificate: Certificate,
  carried: Certificate[],
  trusted: Certificate[],
  at: Date,
): Promise<boolean> {
  let checks = 0;
  const pool = [...trusted, ...carried];
  const climb = async (current: Certificate, length: number): Promise<boolean> => {
    if (!isValidAt(current, at)) return false;
    if (trusted.some((each) => isOne(each, current))) return true;
    if (length >= LENGTH) return false;
    const wanted = nameBytes(current.issuer);
    for (const issuer of pool) {
      if (!same(nameBytes(issuer.subject), wanted) || !mayCertify(issuer) || ++checks > CHECKS) continue;
      if ((await isIssuedBy(current, issuer)) && (await climb(issuer, length + 1))) return true;
    }
    return false;
  };
  return climb(certificate, 0);
}
