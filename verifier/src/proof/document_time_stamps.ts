/** Document time stamps: what stamp updates say of the file before them (bundle.md, sections 6 and 8). */

import { Certificate } from "pkijs";
import { nameBytes } from "./certificate_chain.ts";
import { element, elementAt } from "./der.ts";
import { hex, same } from "./encodings.ts";
import { DigestsOfBeginnings, sha256 } from "./hashing.ts";
import type { Pace } from "./pace.ts";
import type { Facts, Item } from "./report.ts";
import type { StampUpdate } from "./stamp_updates.ts";
import { isBelieved, parseTimeStamp, type TimeStamp } from "./time_stamp.ts";

/** PKIStatusInfo of an answer that grants its token. */
const GRANTED = element(0x30, Uint8Array.of(2, 1, 0));

/** The certificates of an update; null where one is not read. */
function certificatesOf({ certificates }: StampUpdate): Certificate[] | null {
  try {
    return certificates.map((each) => {
      if (elementAt(each)?.whole.length !== each.length) throw new TypeError("no DER");
      return Certificate.fromBER(each.slice());
    });
  } catch {
    return null;
  }
}

/** The root of an update, which alone is trusted: the first certificate whose issuer is its own subject. */
function rootOf(certificates: Certificate[]): Certificate | null {
  return certificates.find((each) => same(nameBytes(each.issuer), nameBytes(each.subject))) ?? null;
}

/** The stamp of an update and the SHA-256 of its root, where it holds. */
async function judged(update: StampUpdate, digests: DigestsOfBeginnings): Promise<[TimeStamp, string] | null> {
  const stamp = parseTimeStamp(element(0x30, GRANTED, update.token));
  const certificates = certificatesOf(update);
  const root = certificates && rootOf(certificates);
  if (stamp === null || certificates === null || root === null) return null;
  if (!(await isBelieved(stamp, [root], certificates))) return null;
  const digest = await digests.of(stamp.algorithm, update);
  const named = update.certificates[certificates.indexOf(root)] ?? new Uint8Array();
  return digest !== null && same(digest, stamp.hash) ? [stamp, hex(sha256(named))] : null;
}

/** Judge the stamps of a file: an item of each, and of those that hold what they say. */
export async function judgeDocumentStamps(
  bytes: Uint8Array,
  updates: StampUpdate[],
  pace: Pace,
): Promise<{ items: Item[]; stamps: Facts["documentStamps"] }> {
  const items: Item[] = [];
  const stamps: Facts["documentStamps"] = [];
  const digests = new DigestsOfBeginnings(bytes, pace);
  for (const [index, update] of updates.entries()) {
    const number = index + 1;
    const name = `document time stamp ${number}`;
    const [stamp, root] = (await judged(update, digests)) ?? [null, ""];
    await pace.turn();
    if (stamp === null) {
      items.push({ name, verdict: "altered", detail: "It is not over this file, or its signature or a certificate does not hold." });
      continue;
    }
    const at = `${stamp.at.toISOString().slice(0, 19)}Z`;
    stamps.push({ number, at, root });
    const said = `Whoever has the key that its certificates certify said that this file existed at ${at}.`;
    items.push({ name, verdict: "verified", detail: said });
  }
  return { items, stamps };
}
