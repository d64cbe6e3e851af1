/** What is in a PDF of ours, read without a PDF library: enough to see that text and tags are there. */
import { inflateSync } from 'node:zlib'

/** The document with all its streams inflated. */
export function inflated(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString('latin1')
  return text.replace(/\/Filter \/FlateDecode([\s\S]*?)stream\n([\s\S]*?)\nendstream/g, (_, head: string, packed: string) => `${head}stream\n${inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')}\nendstream`)
}

/** The tags of the structure, in no order, with how many there are of each. */
export function tagsOf(pdf: Uint8Array): Record<string, number> {
  const tags: Record<string, number> = {}
  for (const [, tag = ''] of inflated(pdf).matchAll(/^\/S \/(\w+)$/gm)) tags[tag] = (tags[tag] ?? 0) + 1
  return tags
}

/** Everything that is drawn, by what copying it gives: glyphs through the fonts' ToUnicode maps, or the text that stands for them. */
export function drawnText(pdf: Uint8Array): string {
  const text = inflated(pdf)
  const object = new Map([...text.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm)].map(([, id = '', body = '']) => [id, body]))
  const maps = new Map<string, string[]>()
  for (const [, fonts = ''] of text.matchAll(/\/Font <<\n([\s\S]*?)>>/g)) {
    for (const [, name = '', id = ''] of fonts.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(object.get(id) ?? '')?.[1]
      const lists = [...(object.get(map ?? '') ?? '').matchAll(/\[(<[^\]]*)\]/g)].map(([, list = '']) => list).join(' ')
      maps.set(name, [...lists.matchAll(/<([0-9a-f ]*)>/g)].map(([, hex = '']) => decodeUtf16(hex.replaceAll(' ', ''))))
    }
  }
  let drawn = ''
  for (const [, font = '', glyphs = ''] of text.matchAll(/\/(F\d+) [\d.]+ Tf\n(\[[\s\S]*?\]) TJ/g)) {
    drawn += `${[...glyphs.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []).map((glyph) => maps.get(font)?.[Number.parseInt(glyph, 16)] ?? '?').join('')}\n`
  }
  return drawn
}

function decodeUtf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le')
}
