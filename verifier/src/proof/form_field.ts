/** The signature that readers of PDF verify (bundle.md, section 5, "The signature that readers of PDF verify"). */

import { same } from "./encodings.ts";
import type { PdfFile } from "./pdf_file.ts";
import { PdfNumber, PdfString } from "./pdf_objects.ts";
import type { FileSignature } from "./pdf_signature.ts";

/** Whether the form has one field and those of so many stamps, and the value of the one is the signature over the whole file. */
export function isSignedByForm(file: PdfFile, { range, contents }: FileSignature, stamps: number): boolean {
  const form = file.dictionary(file.catalogue, "AcroForm");
  const fields = form && file.list(form, "Fields");
  const field = fields?.length === stamps + 1 ? file.resolve(fields[0]) : null;
  if (!(field instanceof Map) || file.name(field, "FT") !== "Sig" || file.has(field, "Kids")) return false;
  const value = file.dictionary(field, "V");
  if (value === null || file.name(value, "SubFilter") !== "ETSI.CAdES.detached") return false;
  const numbers = file.list(value, "ByteRange")?.map((each) => {
    const number = file.resolve(each);
    return number instanceof PdfNumber ? number.integer : null;
  });
  const wanted = [0, range.before, range.after, range.behind];
  if (numbers?.length !== 4 || numbers.some((number, at) => number !== wanted[at])) return false;
  const written = file.value(value, "Contents");
  return written instanceof PdfString && same(written.bytes, contents);
}
