/** What each sort of item says, in words: for items that hold, and for those that do not (bundle.md, section 6). */

import type { Item } from "../proof/report.ts";
import { type Language, spoken } from "./texts.ts";

type Meaning = readonly [holds: string, fails: string];

const MEANINGS: Record<Language, Record<string, Meaning>> = {
  en: {
    file: ["It can be read.", "It cannot be opened or read as what it seems to be."],
    "whole file": ["Not one byte has changed since it was signed.", "The file is not byte for byte as it was signed."],
    "document time stamp": ["It is over the whole file before it, and by a certificate beside it: compare that.", "It is over another file, or its signature or a certificate does not hold: it shows no time."],
    manifest: ["The data in it is signed by the log's own key.", "The data in it is missing, unreadable, or not signed by the log."],
    checkpoint: ["The log signed this head of its records.", "The log did not sign this head."],
    record: ["As it was sealed, and in the log at its place.", "Not as it was sealed, or not in the log at its place."],
    positions: ["Every record of the log is shown, or said to be left out.", "Records are neither shown nor said to be left out, or twice."],
    "log key": ["The first record names this key as the log's.", "The first record does not name this key."],
    certificate: ["The certificate that signed the file is the log's.", "The file is not shown to be signed by the log's certificate."],
    "outside clock": ["The log goes on from a head that others saw at the time.", "What others saw does not vouch for this log."],
    "earlier head": ["The log goes on from this earlier head.", "The log does not go on from this earlier head."],
    "head in record": ["The log had the heads that this record keeps.", "The record keeps a head that the log never had: it was rewritten."],
    received: ["What was handed over is what was received and sealed.", "It is not shown that this was received."],
    exhibit: ["The file is the one that the records name.", "The file is not the one that the records name."],
    "embedded files": ["Just the files that belong there.", "Files were added, taken away or renamed."],
    "number of pages": ["As many pages as were signed.", "Pages were added or taken out."],
    "order of pages": ["In the order in which they were signed.", "In another order than they were signed in."],
    page: ["As it was drawn.", "Not as it was drawn, or none of those that were signed."],
    annotations: ["Nothing was put on the pages.", "Something was put on the pages after they were drawn."],
    "active content": ["Nothing in it acts by itself.", "Something in it acts by itself, or shows other things than the pages."],
    "one reading": ["All programs read it alike.", "Programs may read it differently."],
    "seal receipt": ["It has the form of a receipt.", "It is damaged, or not of the log that it names."],
    "time stamp": ["Signed by the certificate in it, which was valid then.", "Its signature or its certificate does not hold, or it cannot be read."],
    "stamped checkpoint": ["What was stamped is the head in the other file.", "What was stamped is not the head in the other file."],
    "printed fingerprint": ["", "The first page names another log than the data."],
  },
  cy: {
    file: ["Gellir ei darllen.", "Ni ellir ei hagor na’i darllen fel yr hyn y mae’n ymddangos."],
    "whole file": ["Nid oes yr un beit wedi newid ers ei llofnodi.", "Nid yw’r ffeil beit am beit fel y’i llofnodwyd."],
    "document time stamp": ["Mae dros y ffeil gyfan o’i flaen, a chan dystysgrif wrth ei ochr: cymharwch honno.", "Mae dros ffeil arall, neu nid yw ei lofnod neu dystysgrif yn dal: nid yw’n dangos unrhyw amser."],
    manifest: ["Llofnodwyd y data ynddi ag allwedd y log ei hun.", "Mae’r data ynddi ar goll, yn annarllenadwy, neu heb ei lofnodi gan y log."],
    checkpoint: ["Llofnododd y log y pen hwn o’i gofnodion.", "Ni lofnododd y log y pen hwn."],
    record: ["Fel y’i seliwyd, ac yn ei le yn y log.", "Nid fel y’i seliwyd, neu nid yn ei le yn y log."],
    positions: ["Dangosir pob cofnod o’r log, neu dywedir ei adael allan.", "Mae cofnodion nad ydynt wedi’u dangos na’u crybwyll, neu sydd yno ddwywaith."],
    "log key": ["Mae’r cofnod cyntaf yn enwi’r allwedd hon fel un y log.", "Nid yw’r cofnod cyntaf yn enwi’r allwedd hon."],
    certificate: ["Tystysgrif y log a lofnododd y ffeil.", "Ni ddangosir mai tystysgrif y log a lofnododd y ffeil."],
    "outside clock": ["Mae’r log yn parhau o ben a welodd eraill ar y pryd.", "Nid yw’r hyn a welodd eraill yn tystio i’r log hwn."],
    "earlier head": ["Mae’r log yn parhau o’r pen cynharach hwn.", "Nid yw’r log yn parhau o’r pen cynharach hwn."],
    "head in record": ["Roedd gan y log y pennau y mae’r cofnod hwn yn eu cadw.", "Mae’r cofnod yn cadw pen nad oedd gan y log: fe’i hailysgrifennwyd."],
    received: ["Yr hyn a drosglwyddwyd yw’r hyn a dderbyniwyd ac a seliwyd.", "Ni ddangosir bod hyn wedi’i dderbyn."],
    exhibit: ["Y ffeil yw’r un y mae’r cofnodion yn ei henwi.", "Nid y ffeil yw’r un y mae’r cofnodion yn ei henwi."],
    "embedded files": ["Dim ond y ffeiliau sy’n perthyn yno.", "Ychwanegwyd, tynnwyd neu ailenwyd ffeiliau."],
    "number of pages": ["Cynifer o dudalennau ag a lofnodwyd.", "Ychwanegwyd neu tynnwyd tudalennau."],
    "order of pages": ["Yn y drefn y’u llofnodwyd.", "Mewn trefn arall nag y’u llofnodwyd."],
    page: ["Fel y’i tynnwyd.", "Nid fel y’i tynnwyd, neu ddim yn un o’r rhai a lofnodwyd."],
    annotations: ["Ni roddwyd dim ar y tudalennau.", "Rhoddwyd rhywbeth ar y tudalennau ar ôl eu tynnu."],
    "active content": ["Nid oes dim ynddi’n gweithredu ohono’i hun.", "Mae rhywbeth ynddi’n gweithredu ohono’i hun, neu’n dangos pethau eraill na’r tudalennau."],
    "one reading": ["Mae pob rhaglen yn ei darllen yr un fath.", "Gall rhaglenni ei darllen yn wahanol."],
    "seal receipt": ["Mae ffurf derbynneb arni.", "Mae wedi’i difrodi, neu nid yw o’r log y mae’n ei enwi."],
    "time stamp": ["Llofnodwyd â’r dystysgrif sydd ynddo, a oedd yn ddilys bryd hynny.", "Nid yw ei lofnod na’i dystysgrif yn dal, neu ni ellir ei ddarllen."],
    "stamped checkpoint": ["Yr hyn a stampiwyd yw’r pen yn y ffeil arall.", "Nid yr hyn a stampiwyd yw’r pen yn y ffeil arall."],
    "printed fingerprint": ["", "Mae’r dudalen gyntaf yn enwi log arall na’r data."],
  },
};

/** The sort of an item: its name without the hand-over before it and the number behind it. */
export function sortOf(name: string): string {
  const own = name.replace(/^hand-over \d+ /, "");
  return own.replace(/ (?:in place )?\d+$/, "");
}

/** Return what an item says, in the language of the page. */
export function meaningOf(item: Item): string {
  const [holds, fails] = MEANINGS[spoken()][sortOf(item.name)] ?? ["", ""];
  return item.verdict === "verified" ? holds : fails;
}

/** What the sorts of items are called in Welsh; in English they have their own names, which are part of the format. */
const WELSH: Record<string, string> = {
  file: "ffeil",
  "whole file": "y ffeil gyfan",
  "document time stamp": "stamp amser dros y ffeil",
  manifest: "maniffest",
  checkpoint: "pwynt gwirio",
  record: "cofnod",
  positions: "safleoedd",
  "log key": "allwedd y log",
  certificate: "tystysgrif",
  "outside clock": "cloc allanol",
  "earlier head": "pen cynharach",
  "head in record": "pen yng nghofnod",
  received: "derbyniwyd",
  exhibit: "arddangosyn",
  "embedded files": "ffeiliau wedi’u mewnosod",
  "number of pages": "nifer y tudalennau",
  "order of pages": "trefn y tudalennau",
  page: "tudalen",
  annotations: "anodiadau",
  "active content": "cynnwys gweithredol",
  "one reading": "un darlleniad",
  "seal receipt": "derbynneb selio",
  "time stamp": "stamp amser",
  "stamped checkpoint": "pwynt gwirio a stampiwyd",
  "printed fingerprint": "ôl bys printiedig",
};

/** Return the name of an item or of a run of items, in the language of the page. */
export function nameOf(name: string): string {
  if (spoken() !== "cy") return name;
  const handover = /^hand-over (\d+) /.exec(name);
  const own = handover ? name.slice(handover[0].length) : name;
  const numbers = /(?: in place)? \d+(?: \S+ \d+)?$/.exec(own)?.[0] ?? "";
  const sort = WELSH[own.slice(0, own.length - numbers.length)] ?? own.slice(0, own.length - numbers.length);
  return `${handover ? `trosglwyddiad ${handover[1]}: ` : ""}${sort}${numbers}`;
}
