/**
 * Elements of OFX, whose first version is SGML in which values have no end tags, and whose second is XML. Only names and the text behind
 * them are looked at, so that both read alike. There is no tree, no nesting and no document type: entities of one are not resolved, only
 * the characters that XML itself names. Source: OFX 1.6 and 2.2, sections 1.3, 2.2 and 2.3.
 */
import { Tokenizer } from 'htmlparser2'

/** No value of OFX is that long. */
const longestValue = 5000

export interface OfxElements {
  /** A tag with the text up to the next one, which is empty for an aggregate. */
  onElement(name: string, value: string): void
  onEnd(name: string): void
  onAt(index: number): void
}

export function eachOfxElement(text: string, { onElement, onEnd, onAt }: OfxElements): void {
  let name: string | null = null
  let value = ''
  const flush = () => {
    if (name !== null) onElement(name, value.trim())
    name = null
    value = ''
  }
  const add = (piece: string) => {
    if (name !== null && value.length < longestValue) value += piece
  }
  const nothing = () => {}
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: true },
    {
      onopentagname(start, end) {
        onAt(end)
        flush()
        name = text.slice(start, Math.min(end, start + 50)).toUpperCase()
      },
      onclosetag(start, end) {
        flush()
        onEnd(text.slice(start, Math.min(end, start + 50)).toUpperCase())
      },
      ontext: (start, end) => add(text.slice(start, Math.min(end, start + longestValue))),
      ontextentity: (code) => add(String.fromCodePoint(code)),
      oncdata: (start, end) => add(text.slice(start, Math.min(end - 2, start + longestValue))),
      onend: flush,
      onattribname: nothing,
      onattribdata: nothing,
      onattribentity: nothing,
      onattribend: nothing,
      onopentagend: nothing,
      onselfclosingtag: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
    },
  )
  tokenizer.write(text)
  tokenizer.end()
}
