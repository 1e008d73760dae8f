/** JSON that has one reading: no name twice, no half characters, no numbers out of bounds (bundle.md, section 2). */

/** A number that is not written as digits alone, such as 2.0 or 1e3. */
export class Fraction {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export type JsonObject = Map<string, Json>;

/** A number is an integer as bundle.md, section 2, means it; every other is a Fraction. */
export type Json = null | boolean | number | string | Fraction | Json[] | JsonObject;

/** Why a text is not read. */
export class NotRead extends Error {}

/** Objects and lists within each other; far more than any manifest has, and few enough for the stack. */
const LEVELS = 900;
/** Levels of a manifest within which others get turns: itself, its lists, the items of these. */
const LEVELS_IN_TURNS = 3;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const DIGITS = /^-?[0-9]+$/;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ESCAPES: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Json {
    return this.alone(this.value(1));
  }

  /** The same, with turns of others between items and members of the uppermost levels. */
  async wholeInTurns(turn: () => Promise<void>): Promise<Json> {
    return this.alone(await this.valueInTurns(1, turn));
  }

  private alone(value: Json): Json {
    this.space();
    if (this.at !== this.text.length) throw new NotRead("something follows");
    return value;
  }

  private async valueInTurns(level: number, turn: () => Promise<void>): Promise<Json> {
    this.space();
    const first = this.text.charAt(this.at);
    if (level > LEVELS_IN_TURNS || (first !== "{" && first !== "[")) return this.value(level);
    const items: Json[] = [];
    const members: JsonObject = new Map();
    const end = first === "{" ? "}" : "]";
    if (this.isEmpty(end)) return first === "{" ? members : items;
    for (;;) {
      await turn();
      if (first === "[") items.push(await this.valueInTurns(level + 1, turn));
      else members.set(this.name(members), await this.valueInTurns(level + 1, turn));
      if (this.ends(end)) return first === "{" ? members : items;
    }
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private value(level: number): Json {
    if (level > LEVELS) throw new NotRead("too deep");
    this.space();
    const first = this.text.charAt(this.at);
    if (first === '"') return this.string();
    if (first === "{") return this.object(level);
    if (first === "[") return this.list(level);
    if (first === "t") return this.word("true", true);
    if (first === "f") return this.word("false", false);
    if (first === "n") return this.word("null", null);
    return this.number();
  }

  private word(word: string, value: Json): Json {
    if (!this.text.startsWith(word, this.at)) throw new NotRead("no value");
    this.at += word.length;
    return value;
  }

  private number(): Json {
    NUMBER.lastIndex = this.at;
    const token = NUMBER.exec(this.text)?.[0];
    if (!token) throw new NotRead("no value");
    this.at += token.length;
    const value = Number(token);
    if (!Number.isFinite(value)) throw new NotRead("a number beyond all");
    if (!DIGITS.test(token)) return new Fraction(value);
    if (!Number.isSafeInteger(value)) throw new NotRead("a number too large");
    return value;
  }

  private string(): string {
    this.at++;
    let value = "";
    for (;;) {
      PLAIN.lastIndex = this.at;
      const run = PLAIN.exec(this.text)?.[0] ?? "";
      value += run;
      this.at += run.length;
      const stop = this.text.charAt(this.at++);
      if (stop === '"') break;
      if (stop !== "\\") throw new NotRead("a string without its end");
      value += this.escaped();
    }
    if (HALF.test(value)) throw new NotRead("half a character");
    return value;
  }

  private escaped(): string {
    const sort = this.text.charAt(this.at++);
    if (sort === "u") {
      const digits = this.text.slice(this.at, this.at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new NotRead("a wrong escape");
      this.at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meant = ESCAPES[sort];
    if (meant === undefined) throw new NotRead("a wrong escape");
    return meant;
  }

  private list(level: number): Json[] {
    const items: Json[] = [];
    if (this.isEmpty("]")) return items;
    for (;;) {
      items.push(this.value(level + 1));
      if (this.ends("]")) return items;
    }
  }

  private object(level: number): JsonObject {
    const members: JsonObject = new Map();
    if (this.isEmpty("}")) return members;
    for (;;) {
      members.set(this.name(members), this.value(level + 1));
      if (this.ends("}")) return members;
    }
  }

  /** Go into a list or an object; whether nothing is in it. */
  private isEmpty(end: string): boolean {
    this.at++;
    this.space();
    if (this.text.charAt(this.at) !== end) return false;
    this.at++;
    return true;
  }

  private name(members: JsonObject): string {
    this.space();
    if (this.text.charAt(this.at) !== '"') throw new NotRead("no name");
    const name = this.string();
    if (members.has(name)) throw new NotRead("a name twice");
    this.space();
    if (this.text.charAt(this.at++) !== ":") throw new NotRead("no colon");
    return name;
  }

  private ends(end: string): boolean {
    this.space();
    const found = this.text.charAt(this.at++);
    if (found === end) return true;
    if (found !== ",") throw new NotRead("no comma");
    return false;
  }
}

/** Read a JSON text strictly (bundle.md, section 2); null stands for a text that is not read. */
export function parseJson(text: string): { value: Json } | null {
  try {
    return { value: new Reader(text).whole() };
  } catch (error) {
    if (error instanceof NotRead || error instanceof RangeError) return null;
    throw error;
  }
}

/** The same, with turns of others in between. */
export async function parseJsonInTurns(text: string, turn: () => Promise<void>): Promise<{ value: Json } | null> {
  try {
    return { value: await new Reader(text).wholeInTurns(turn) };
  } catch (error) {
    if (error instanceof NotRead || error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether a value is an object with just these members, those with a question mark if at all. */
export function hasMembers(value: Json | undefined, ...names: string[]): value is JsonObject {
  if (!(value instanceof Map)) return false;
  let found = 0;
  for (const name of names) {
    const optional = name.endsWith("?");
    if (value.has(optional ? name.slice(0, -1) : name)) found++;
    else if (!optional) return false;
  }
  return found === value.size;
}

/** Whether a value is an integer from a least one on. */
export function isInteger(value: Json | undefined, least = 0): value is number {
  return typeof value === "number" && value >= least;
}
