/**
 * Elements of OFX, whose first version is SGML in which values have no end tags, and whose second is XML. Only names and the text behind
 * them are looked at, so that both read alike. Source: OFX 1.6 and 2.2, sections 1.3, 2.2 and 2.3.
 */
import { eachToken } from './markup-tokens.ts'

/** No value of OFX is that long. */
const longestValue = 5000

export interface OfxElements {
  /** A tag, in capitals, with the text up to the next one, which is empty for an aggregate. */
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
  eachToken(text, 'xml', [], {
    onAt,
    onOpen(next) {
      flush()
      name = next.toUpperCase()
    },
    onClose(closed) {
      flush()
      onEnd(closed.toUpperCase())
    },
    onText(more) {
      if (name !== null && value.length < longestValue) value += more
    },
    onEnd: flush,
  })
}
