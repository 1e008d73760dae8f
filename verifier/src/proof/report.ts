/** What a verification says: the types of its report. */

export type Verdict = "verified" | "altered" | "unreadable";

/** One thing that was judged, under its name in bundle.md, section 6. */
export interface Item {
  name: string;
  verdict: Verdict;
  detail: string;
}

export type Piece = { text: string } | { withheld: true; label?: string };

/** A path of a record: its value, its pieces, or nothing where it is withheld whole. */
export type Shown =
  | { path: string; asSealed: boolean; value?: string | number | boolean; pieces?: Piece[] }
  | { path: string; withheld: true };

/** A record whose disclosure verifies steps 1 to 3 of record-log.md, section 10. */
export interface ShownRecord {
  handover: number | null;
  index: number;
  sealedAt: string;
  code: string;
  kind: string | null;
  fields: Shown[];
}

/** What a reader is told beside the items. */
export interface Facts {
  kind: "bundle" | "receipt" | "time stamp" | "other";
  fingerprint: string | null;
  /** Of the logs of what was handed over. */
  otherFingerprints: string[];
  size: number | null;
  /** Outside clocks that hold. */
  clocks: number;
  pages: number;
  /** Annotations that do not fit and active content: PDF subtype or key, and the page. */
  added: { what: string; page: number | null }[];
  alteredPages: number[];
  /** Pages of the file beyond those that were signed. */
  pagesBehind: number;
  /** How many pages were signed, where the manifest is read. */
  signedPages: number | null;
  /** Places of signed pages that the file has not, or not as often. */
  missingPages: number[];
  /** Records with heads that cannot be compared. */
  uncomparable: number[];
  /** Length of the file as it was signed, with the stamp updates behind it, if bytes were added behind those. */
  signedLength: number | null;
  /** Document time stamps that hold: the time, and the SHA-256 of the certificate to compare (bundle.md, section 8). */
  documentStamps: { number: number; at: string; root: string }[];
  exhibits: { exhibit: number; firstPage: number; pages: number }[];
  bundle: Record<string, string> | null;
  receipt?: { index: number; code: string; sealedAt: string };
  stamp?: { at: string; hash: string; certificate: string };
}

export interface Report {
  verdict: Verdict;
  items: Item[];
  records: ShownRecord[];
  facts: Facts;
}

export type Progress = (done: number, total: number, what: string) => void;

/** Facts of a file of which nothing is known yet. */
export function noFacts(kind: Facts["kind"]): Facts {
  return {
    kind,
    fingerprint: null,
    otherFingerprints: [],
    size: null,
    clocks: 0,
    pages: 0,
    added: [],
    alteredPages: [],
    pagesBehind: 0,
    signedPages: null,
    missingPages: [],
    uncomparable: [],
    signedLength: null,
    documentStamps: [],
    exhibits: [],
    bundle: null,
  };
}

/** The verdict over all items (bundle.md, section 6, last paragraph). */
export function verdictOf(items: Item[]): Verdict {
  if (items.some((item) => item.verdict === "altered")) return "altered";
  return items.some((item) => item.verdict === "unreadable") ? "unreadable" : "verified";
}
