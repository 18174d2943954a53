// The portal's sentences, read from where the portal itself takes them, so that a journey looks for what a reader
// of that language looks for.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { parse } from "smol-toml";

export type Language = "ar" | "en";
type Text = Record<Language, string>;
type Sentence = Text | Record<string, Text>;

const FOLDER = join(__dirname, "..", "crates", "words", "sentences");
// Where a value stands in a sentence it may be isolated, by signs that are not seen.
const ISOLATES = /[\u2066-\u2069\u200e\u200f]/g;

const sentences: Record<string, Sentence> = Object.assign(
  {},
  ...readdirSync(FOLDER)
    .filter((name) => name.endsWith(".toml"))
    .map((name) => parse(readFileSync(join(FOLDER, name), "utf8"))),
);

export class Words {
  constructor(readonly language: Language) {}

  /** A sentence without values. */
  say(key: string): string {
    const sentence = this.template(key);
    if (sentence.includes("{")) throw new Error(`${key} has values: use match()`);
    return sentence;
  }

  /** A sentence with these values, and with anything where none is given. `form` is that of a counted sentence. */
  match(key: string, values: Record<string, string> = {}, form?: string): RegExp {
    const parts = this.template(key, form).split(/\{(\w+)\}/);
    const pattern = parts.map((part, at) => {
      if (at % 2 === 0) return escape(part);
      const value = values[part];
      return `[\u2066-\u2069]?${value === undefined ? ".+?" : escape(value)}[\u2066-\u2069]?`;
    });
    return new RegExp(pattern.join(""));
  }

  private template(key: string, form?: string): string {
    const sentence = sentences[key];
    if (!sentence) throw new Error(`no sentence ${key}`);
    const text = form === undefined ? (sentence as Text) : (sentence as Record<string, Text>)[form];
    if (typeof text?.[this.language] !== "string") throw new Error(`no sentence ${key}, form ${form}`);
    return text[this.language];
  }
}

/** `text` as it is read: without the signs that isolate, Latin digits, one kind of space. */
export function asRead(text: string): string {
  return latinDigits(text.replace(ISOLATES, "")).replace(/\s+/g, " ").trim();
}

export function latinDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll("٫", ".")
    .replaceAll("٬", ",");
}

export function arabicDigits(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
