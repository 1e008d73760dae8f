/** What bundle.md, section 5, needs of a certificate: issuer, serial number, key, and the subject's common names. */

import { elementAt, elementsOf, identifier } from "./der.ts";
import { fromUtf8, latin1, same } from "./encodings.ts";

export interface Certificate {
  whole: Uint8Array;
  issuer: Uint8Array;
  serial: Uint8Array;
  commonNames: string[];
  /** The public key as a point of P-256, or null where it is another sort of key. */
  point: Uint8Array | null;
}

const COMMON_NAME = identifier("2.5.4.3");
const EC_KEY = identifier("1.2.840.10045.2.1");
const P256 = identifier("1.2.840.10045.3.1.7");

function commonNamesOf(subject: Uint8Array): string[] {
  const names: string[] = [];
  for (const set of elementsOf(subject) ?? []) {
    for (const attribute of elementsOf(set.content) ?? []) {
      const [type, value] = elementsOf(attribute.content) ?? [];
      if (type && value && same(type.whole, COMMON_NAME)) names.push(fromUtf8(value.content) ?? latin1(value.content));
    }
  }
  return names;
}

function pointOf(keyInfo: Uint8Array): Uint8Array | null {
  const [algorithm, key] = elementsOf(keyInfo) ?? [];
  const [sort, curve] = elementsOf(algorithm?.content ?? new Uint8Array()) ?? [];
  if (!sort || !curve || !same(sort.whole, EC_KEY) || !same(curve.whole, P256)) return null;
  return key?.tag === 0x03 && key.content[0] === 0 ? key.content.subarray(1) : null;
}

/** Read a certificate; null where it is none. */
export function parseCertificate(bytes: Uint8Array): Certificate | null {
  const whole = elementAt(bytes);
  if (whole?.tag !== 0x30 || whole.whole.length !== bytes.length) return null;
  const signed = elementsOf(whole.content)?.[0];
  const parts = signed && elementsOf(signed.content);
  if (!parts) return null;
  const [serial, , issuer, , subject, keyInfo] = parts[0]?.tag === 0xa0 ? parts.slice(1) : parts;
  if (serial?.tag !== 0x02 || issuer?.tag !== 0x30 || subject?.tag !== 0x30 || keyInfo?.tag !== 0x30) return null;
  return {
    whole: bytes,
    issuer: issuer.whole,
    serial: serial.whole,
    commonNames: commonNamesOf(subject.content),
    point: pointOf(keyInfo.content),
  };
}
