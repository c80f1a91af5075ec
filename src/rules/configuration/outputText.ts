import type { OutputPart } from '../../program/outputs';

/** What a person reads in a part of an output: no colours of the terminal, no tags, no embedded data or programs. */
export function readableText({ type, text }: OutputPart): string {
  // Embedded pictures and libraries are most of a long text.
  const short = text.length > 20_000 ? text.replace(/[A-Za-z0-9+/]{2000,}={0,2}/g, ' ') : text;
  const readable = type === 'text/html' || type === 'text/markdown' ? withoutTags(short) : short;
  return readable.replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
};

function withoutTags(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<[a-z/!][^<>]*>/gi, ' ')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
      const named = ENTITIES[String(name).toLowerCase()];
      if (named !== undefined) return named;
      const code = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
