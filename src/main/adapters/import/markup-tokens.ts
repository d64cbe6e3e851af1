/**
 * Tags and texts of HTML, XML and SGML, one after the other. There is no tree, so that no nesting takes memory or time, and no document
 * type: of entities only the characters are known that HTML and XML name themselves. Nothing is run and nothing is loaded.
 */
import { Tokenizer } from 'htmlparser2'

/** What follows in one piece of text is left out. */
const longestText = 20_000
const longestName = 50

export interface Tokens {
  /** Names are in lower case. `attributes` has those that were asked for. */
  onOpen(name: string, attributes: ReadonlyMap<string, string>): void
  onClose(name: string): void
  /** Text may come in pieces, each with its entities resolved. */
  onText(text: string): void
  onEnd(): void
  /** How far it has come. */
  onAt(index: number): void
}

export function eachToken(text: string, kind: 'html' | 'xml', wanted: readonly string[], tokens: Tokens): void {
  const piece = (start: number, end: number) => text.slice(start, Math.min(end, start + longestText))
  const nameAt = (start: number, end: number) => text.slice(start, Math.min(end, start + longestName)).toLowerCase()
  const nothing = () => {}
  let name = ''
  let attribute = ''
  let attributes = new Map<string, string>()
  const addToAttribute = (more: string) => {
    if (wanted.includes(attribute)) attributes.set(attribute, ((attributes.get(attribute) ?? '') + more).slice(0, longestText))
  }
  const open = () => tokens.onOpen(name, attributes)
  const tokenizer = new Tokenizer(
    { xmlMode: kind === 'xml', decodeEntities: true },
    {
      onopentagname(start, end) {
        tokens.onAt(end)
        name = nameAt(start, end)
        attributes = new Map()
      },
      onattribname: (start, end) => void (attribute = nameAt(start, end)),
      onattribdata: (start, end) => addToAttribute(piece(start, end)),
      onattribentity: (code) => addToAttribute(String.fromCodePoint(code)),
      onattribend: nothing,
      onopentagend: open,
      onselfclosingtag: open,
      onclosetag: (start, end) => tokens.onClose(nameAt(start, end)),
      ontext: (start, end) => tokens.onText(piece(start, end)),
      ontextentity: (code) => tokens.onText(String.fromCodePoint(code)),
      oncdata: (start, end, offset) => tokens.onText(piece(start, end - offset)),
      onend: () => tokens.onEnd(),
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
    },
  )
  tokenizer.write(text)
  tokenizer.end()
}
