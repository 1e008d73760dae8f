/** RFC 3161 time stamps (time-stamps.md, section 3, steps 1, 2, 4 and 5). */

import * as asn1js from "asn1js";
import {
  Certificate,
  ContentInfo,
  type IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
  TimeStampResp,
  TSTInfo,
} from "pkijs";
import { chains, isSignedBy, isStampingAlone, isValidAt, nameBytes } from "./certificate_chain.ts";
import { fromBase64, same } from "./encodings.ts";
import { sha256 } from "./hashing.ts";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const HASHES: Record<string, string> = {
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};
/** As much as is read from an authority over the network (time-stamps.md, section 6). */
const LENGTH = 1_048_576;
const CERTIFICATES = 50;

/** A time stamp that parses and was granted. */
export interface TimeStamp {
  at: Date;
  /** The hash that was stamped, and the name of its algorithm. */
  hash: Uint8Array;
  algorithm: string;
  /** The bytes that are signed, and who signed them. */
  info: Uint8Array;
  signer: SignerInfo;
  certificate: Certificate;
  certificates: Certificate[];
}

function bytesOf(buffer: ArrayBuffer | Uint8Array): Uint8Array {
  return buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer);
}

/** The DER of a certificate. */
export function certificateBytes(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.toSchema(false).toBER(false));
}

function isSigner(certificate: Certificate, signer: SignerInfo): boolean {
  const sid = signer.sid as IssuerAndSerialNumber | asn1js.OctetString;
  if ("issuer" in sid) {
    const isIssuer = same(nameBytes(certificate.issuer), nameBytes(sid.issuer));
    return isIssuer && certificate.serialNumber.isEqual(sid.serialNumber);
  }
  const extension = certificate.extensions?.find((each) => each.extnID === "2.5.29.14");
  const key = extension && asn1js.fromBER(extension.extnValue.valueBlock.valueHexView).result;
  return key instanceof asn1js.OctetString && same(key.valueBlock.valueHexView, sid.valueBlock.valueHexView);
}

function read(answer: Uint8Array): TimeStamp | null {
  const parsed = asn1js.fromBER(answer);
  if (parsed.offset !== answer.length) return null;
  const response = new TimeStampResp({ schema: parsed.result });
  const token: ContentInfo | undefined = response.timeStampToken;
  if (response.status.status !== 0 || token?.contentType !== SIGNED_DATA) return null;
  const data = new SignedData({ schema: token.content });
  const content = data.encapContentInfo.eContent;
  const [signer, ...others] = data.signerInfos;
  if (data.encapContentInfo.eContentType !== TST_INFO || !content || !signer || others.length > 0) return null;
  const info = bytesOf(content.getValue());
  const inner = asn1js.fromBER(info);
  if (inner.offset !== info.length) return null;
  const stamp = new TSTInfo({ schema: inner.result });
  const algorithm = HASHES[stamp.messageImprint.hashAlgorithm.algorithmId];
  const hash = bytesOf(stamp.messageImprint.hashedMessage.valueBlock.valueHexView).slice();
  const certificates = (data.certificates ?? []).filter((each) => each instanceof Certificate);
  const certificate = certificates.find((each) => isSigner(each, signer));
  if (!algorithm || !certificate || certificates.length > CERTIFICATES) return null;
  if (Number.isNaN(stamp.genTime.getTime())) return null;
  return { at: stamp.genTime, hash, algorithm, info, signer, certificate, certificates };
}

/** Read a TimeStampResp; null where it does not parse or was not granted (step 1). */
export function parseTimeStamp(answer: Uint8Array): TimeStamp | null {
  if (answer.length === 0 || answer.length > LENGTH) return null;
  try {
    return read(answer.slice());
  } catch {
    // Whatever the library throws over hostile bytes: they are no time stamp.
    return null;
  }
}

/** The hash of data by the algorithm of a stamp (step 2); null where the browser has not got it. */
export async function hashOf({ algorithm }: TimeStamp, data: Uint8Array): Promise<Uint8Array | null> {
  return digest(algorithm, data);
}

async function digest(algorithm: string, data: Uint8Array): Promise<Uint8Array | null> {
  if (algorithm === "SHA-256") return sha256(data);
  try {
    return new Uint8Array(await crypto.subtle.digest(algorithm, data.slice()));
  } catch {
    return null;
  }
}

function attributeOf(signer: SignerInfo, type: string): asn1js.BaseBlock | null {
  const found = signer.signedAttrs?.attributes.filter((each) => each.type === type) ?? [];
  const [attribute] = found;
  return found.length === 1 && attribute?.values.length === 1 ? (attribute.values[0] as asn1js.BaseBlock) : null;
}

function items(block: asn1js.BaseBlock | undefined | null): asn1js.BaseBlock[] {
  return block instanceof asn1js.Sequence ? (block.valueBlock.value as asn1js.BaseBlock[]) : [];
}

/** Whether the signed attributes name the certificate (RFC 5035; RFC 2634 with SHA-1). */
async function namesCertificate(signer: SignerInfo, certificate: Certificate): Promise<boolean> {
  const second = attributeOf(signer, SIGNING_CERTIFICATE_V2);
  const attribute = second ?? attributeOf(signer, SIGNING_CERTIFICATE);
  const [first] = items(items(attribute)[0]);
  const parts = items(first);
  const [algorithm, hash] = parts[0] instanceof asn1js.Sequence ? [items(parts[0])[0], parts[1]] : [null, parts[0]];
  if (!(hash instanceof asn1js.OctetString)) return false;
  const given = algorithm instanceof asn1js.ObjectIdentifier ? HASHES[algorithm.valueBlock.toString()] : "SHA-256";
  const name = second ? given : "SHA-1";
  const made = name === undefined ? null : await digest(name, certificateBytes(certificate));
  return made !== null && same(made, hash.valueBlock.valueHexView);
}

/** Whether a stamp is signed by its certificate (RFC 5652, section 5.6). */
async function isSigned({ signer, info, certificate }: TimeStamp): Promise<boolean> {
  const type = attributeOf(signer, CONTENT_TYPE);
  const messageDigest = attributeOf(signer, MESSAGE_DIGEST);
  const algorithm = HASHES[signer.digestAlgorithm.algorithmId];
  if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== TST_INFO) return false;
  if (!(messageDigest instanceof asn1js.OctetString) || algorithm === undefined || !signer.signedAttrs) return false;
  const made = await digest(algorithm, info);
  if (made === null || !same(made, messageDigest.valueBlock.valueHexView)) return false;
  if (!(await namesCertificate(signer, certificate))) return false;
  const signed = new Uint8Array(signer.signedAttrs.encodedValue).slice();
  signed[0] = 0x31;
  return isSignedBy(signed, signer.signature, certificate, signer.signatureAlgorithm, algorithm);
}

/** Whether a stamp holds with the certificates that are trusted (steps 4 and 5); others may stand between one of them and the signer. */
export async function isBelieved(stamp: TimeStamp, trusted: Certificate[], between: Certificate[] = []): Promise<boolean> {
  try {
    if (!isValidAt(stamp.certificate, stamp.at) || !isStampingAlone(stamp.certificate)) return false;
    return (await isSigned(stamp)) && (await chains(stamp.certificate, [...stamp.certificates, ...between], trusted, stamp.at));
  } catch {
    // What cannot be checked, because the library or the browser lacks it, does not hold.
    return false;
  }
}

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** The certificates in PEM; null where there are none, or one is not read. */
export function certificatesInPem(text: string): Certificate[] | null {
  try {
    const found = [...text.matchAll(PEM)].map(([, body = ""]) => {
      const bytes = fromBase64(body.replace(/\s/g, ""));
      if (bytes === null) throw new TypeError("no base64");
      return Certificate.fromBER(bytes as Uint8Array<ArrayBuffer>);
    });
    return found.length > 0 && found.length <= CERTIFICATES ? found : null;
  } catch {
    return null;
  }
}
