/**
 * What a person means by what they type into the search field of the history. Words are understood in English and German at once, without
 * case and accents, and everything in quotes is only words. There is no text that this throws for: what it does not understand it says, and
 * leaves out.
 */
import { both } from './both-filters.ts'
import { everyLine, type HistoryFilter } from './filter.ts'
import { fold } from './fold.ts'
import { readAmount } from './query-amount.ts'
import { type Meaning, notUnderstood, type QueryContext, type QueryPart } from './query-part.ts'
import { readPeriod } from './query-period.ts'
import { keyed, readStanding, readWords } from './query-words.ts'

export type { QueryContext } from './query-part.ts'

export interface ReadQuery {
  /** All parts that were understood have to hold. */
  readonly filter: HistoryFilter
  /** The parts in their order, as they were typed; together all of the text but spaces. */
  readonly reading: readonly { readonly text: string; readonly means: Meaning }[]
}

/** So many parts are read; what is after them is one that is not. */
export const partsAtMost = 20

export function readQuery(text: string, context: QueryContext): ReadQuery {
  const tokens = tokensIn(text)
  const reading: ReadQuery['reading'][number][] = []
  let filter = everyLine
  for (let at = 0; at < tokens.length;) {
    const isTooMany = reading.length === partsAtMost
    const { means, asks, count } = isTooMany ? { ...notUnderstood('tooMany'), count: tokens.length - at } : partAt(tokens, at, context)
    reading.push({ text: text.slice(tokens[at]?.start, tokens[at + count - 1]?.end), means })
    filter = both(filter, { ...everyLine, ...asks })
    at += count
  }
  return { filter, reading }
}

interface Token {
  /** Where in the text it is. */
  readonly start: number
  readonly end: number
  readonly folded: string
  /** What is before a colon; null without one. */
  readonly key: string | null
  /** What is after the colon, or all, without its quotes. */
  readonly value: string
  readonly isQuoted: boolean
}

/** Runs without spaces, and what is in quotes, with a word and a colon before them or without. Quotes that are never closed end with the text. */
function tokensIn(text: string): Token[] {
  return [...text.matchAll(/(?:[^\s:"“”„«»]+:)?["“”„«»][^"“”„«»]*["“”„«»]?|\S+/gu)].map((found) => {
    const [, key = null, value = ''] = /^(?:([^\s:"“”„«»]+):)?(.*?)[,;]*$/su.exec(found[0]) ?? []
    const isQuoted = /^["“”„«»]/u.test(value)
    return {
      start: found.index,
      end: found.index + found[0].length,
      folded: fold(found[0].replace(/[,;]+$/, '')),
      key: key === null ? null : fold(key),
      value: isQuoted ? value.replaceAll(/["“”„«»]/gu, '') : value,
      isQuoted,
    }
  })
}

type Read = QueryPart & { /** How many tokens it is made of. */ readonly count: number }

/** `5 eur - 10 eur`. */
const tokensInPart = 5

function partAt(tokens: readonly Token[], at: number, context: QueryContext): Read {
  const [token, next] = [tokens[at], tokens[at + 1]]
  if (!token) throw new RangeError('no part begins there')
  const read = token.key === null ? null : keyed(token.key)
  if (read) return readKeyed(read, token, next, context)
  if (token.isQuoted) return { ...readWords(token.key === null ? token.value : `${token.key} ${token.value}`), count: 1 }
  const plain = tokens.slice(at, at + tokensInPart)
  const quoted = plain.findIndex((one) => one.isQuoted)
  for (let count = quoted === -1 ? plain.length : quoted; count > 0; count -= 1) {
    const joined = plain.slice(0, count).map(({ folded }) => folded).join(' ')
    const part = readStanding(joined) ?? readPeriod(joined, context) ?? readAmount(joined, context)
    if (part) return { ...part, count }
  }
  return { ...readWords(token.folded), count: 1 }
}

/** People put a space after the colon too. */
function readKeyed(read: NonNullable<ReturnType<typeof keyed>>, token: Token, next: Token | undefined, context: QueryContext): Read {
  if (token.value !== '') return { ...read(token.value, context), count: 1 }
  const mayFollow = next && !token.isQuoted && next.key === null && next.value !== '' && (next.isQuoted || /^[\p{L}\p{N}€$£¥]/u.test(next.folded))
  return mayFollow ? { ...read(next.value, context), count: 2 } : { ...notUnderstood('nothingAfterColon'), count: 1 }
}
