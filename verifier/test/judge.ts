/**
 * Judges what a test asks for: each line of standard input is a question in JSON, and its answer is a line of output.
 *
 *   {"verify": PATH}                                     the report of a file
 *   {"together": [PATH, PATH]}                           the reports of two files, and what they are to each other
 *   {"page_digests": PATH}                               the digests of a PDF's pages
 *   {"receipt": TEXT}                                    "verified" or a reason code
 *   {"manifest": TEXT}                                   "verified" or "malformed"
 *   {"disclosure": …, "checkpoint": …, "log_key": …}     [reason code, paths at fault]
 *   {"receipt_case": …}, {"manifest_case": …}            a case of a vector file: the same answers
 *   {"disclosures": whole file}                          the answers of all its cases
 *   {"cosigned": NOTE, "witness_key": VKEY}              the time of the cosignature, or "refused"
 *   {"steps": whole file}                                the same members, made anew
 */

import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { canonical } from "../src/proof/canonical_json.ts";
import { verifyCheckpoint } from "../src/proof/checkpoint.ts";
import {
  commitmentOf,
  countOfPieces,
  leafBytes,
  pathsOf,
  saltsOf,
  valueDigest,
} from "../src/proof/commitment.ts";
import { cosignedAt } from "../src/proof/cosignature.ts";
import { verifyDisclosure } from "../src/proof/disclosure.ts";
import { base64, fromBase64, fromUtf8, hex, shortCode, utf8 } from "../src/proof/encodings.ts";
import { parseManifest } from "../src/proof/manifest.ts";
import { leafHash } from "../src/proof/merkle.ts";
import { Pace } from "../src/proof/pace.ts";
import { PageDigests } from "../src/proof/page_digest.ts";
import { PdfFile } from "../src/proof/pdf_file.ts";
import { pagesOf } from "../src/proof/pdf_pages.ts";
import { verifyReceipt } from "../src/proof/seal_receipt.ts";
import { originOf, parseNote } from "../src/proof/signed_note.ts";
import { type Json, type JsonObject, parseJson } from "../src/proof/strict_json.ts";
import { verify, verifyTogether } from "../src/proof/verify.ts";

function text(value: Json | undefined): string {
  if (typeof value !== "string") throw new TypeError("a text is missing");
  return value;
}

function object(value: Json | undefined): JsonObject {
  if (!(value instanceof Map)) throw new TypeError("an object is missing");
  return value;
}

function list(value: Json | undefined): Json[] {
  if (!Array.isArray(value)) throw new TypeError("a list is missing");
  return value;
}

function bytes(value: Json | undefined): Uint8Array {
  return fromBase64(text(value)) ?? new Uint8Array();
}

function judgeDisclosure(disclosure: Json, checkpoint: Json | undefined, key: Json | undefined): [string, string[]] {
  const head = verifyCheckpoint(text(checkpoint), bytes(key));
  if (head.fault !== null) return [head.fault, []];
  const said = verifyDisclosure(disclosure, head.checkpoint);
  if (said.fault !== null) return [said.fault, []];
  return [said.record.faults.size > 0 ? "field" : "verified", [...said.record.faults]];
}

function judgeDisclosures(file: JsonObject): [string, string[]][] {
  return list(file.get("cases")).map((each) => {
    const given = object(each);
    const checkpoint = given.get("checkpoint") ?? file.get("checkpoint");
    return judgeDisclosure(given.get("disclosure") ?? null, checkpoint, file.get("log_key"));
  });
}

function steps(file: JsonObject): unknown {
  const secret = bytes(file.get("secret"));
  const key = bytes(file.get("public_key"));
  const salts: Record<string, string[]> = {};
  const digests = new Map<string, string>();
  for (const [path, value] of [...(pathsOf(file.get("record")) ?? [])].sort()) {
    const made = saltsOf(secret, path, countOfPieces(value));
    salts[path] = made.map(base64);
    digests.set(path, base64(valueDigest(value, made)));
  }
  const commitment = commitmentOf(digests);
  const sealedAt = object(parseJson(text(file.get("leaf")))?.value).get("sealed_at");
  const leaf = leafBytes(commitment, text(sealedAt));
  return {
    salts,
    digests: Object.fromEntries(digests),
    digest_map: canonical(digests as JsonObject),
    commitment: base64(commitment),
    leaf: fromUtf8(leaf),
    leaf_hash: hex(leafHash(leaf)),
    short_code: shortCode(leafHash(leaf)),
    origin: originOf(key),
    checkpoint: verifyCheckpoint(text(file.get("checkpoint")), key).fault ?? "verified",
  };
}

async function answer(question: JsonObject): Promise<unknown> {
  const path = question.get("verify");
  if (path !== undefined) return verify(await readFile(text(path)));
  const paths = question.get("together");
  if (paths !== undefined) return verifyTogether(await Promise.all(list(paths).map((each) => readFile(text(each)))));
  const receipt = question.get("receipt") ?? caseOf(question, "receipt_case", "receipt");
  if (receipt !== undefined) return verifyReceipt(utf8(text(receipt))).fault ?? "verified";
  const manifest = question.get("manifest") ?? caseOf(question, "manifest_case", "manifest");
  if (manifest !== undefined) {
    return (await parseManifest(utf8(text(manifest)), new Pace(0))) ? "verified" : "malformed";
  }
  if (question.has("disclosures")) return judgeDisclosures(object(question.get("disclosures")));
  if (question.has("steps")) return steps(object(question.get("steps")));
  const drawn = question.get("page_digests");
  if (drawn !== undefined) {
    const file = new PdfFile(await readFile(text(drawn)), () => undefined);
    const maker = new PageDigests(file, new Pace(0));
    const digests: (string | null)[] = [];
    for (const page of pagesOf(file)) digests.push(await maker.of(page));
    return digests;
  }
  const cosigned = question.get("cosigned");
  if (cosigned !== undefined) {
    const note = parseNote(text(cosigned));
    const seconds = note === null ? null : cosignedAt(note, text(question.get("witness_key")));
    return seconds === null ? "refused" : new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
  }
  const disclosure = question.get("disclosure") ?? null;
  return judgeDisclosure(disclosure, question.get("checkpoint"), question.get("log_key"));
}

function caseOf(question: JsonObject, name: string, member: string): Json | undefined {
  return question.has(name) ? object(question.get(name)).get(member) : undefined;
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = parseJson(line)?.value;
  let said: unknown;
  try {
    said = await answer(object(question));
  } catch (error) {
    said = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
