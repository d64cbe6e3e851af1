/** The words of a query that mean something, in English and German, and what they ask for. All are written as folded. */
import { importSources } from '../imports.ts'
import type { RecordedState } from '../life-cycle.ts'
import type { OfferKind } from './filter.ts'
import { fold, wordsOf } from './fold.ts'
import type { LineKind, LineSource } from './line.ts'
import { currencyOf } from './query-amount.ts'
import { notUnderstood, type QueryContext, type QueryPart } from './query-part.ts'

const someLines = (...lines: LineKind[]): QueryPart => ({ means: { kind: 'lines', lines }, asks: { lineKinds: lines } })
const someStates = (...states: RecordedState[]): QueryPart => ({ means: { kind: 'states', states }, asks: { states } })
const someSources = (...sources: LineSource[]): QueryPart => ({ means: { kind: 'sources', sources }, asks: { sources } })

type Choices<T> = readonly (readonly [string, T])[]

/**
 * By state, purchases are found with all their lines: `refunded` has the charge as well as what came back. By line, only those are, also of a
 * purchase that went on to stand otherwise: a refund is one still after the rest was charged back.
 */
const standings: Choices<QueryPart> = [
  ['refunded|erstattet', someStates('partlyRefunded', 'refunded')],
  ['refund|refunds|erstattung|erstattungen', someLines('refund')],
  ['partly refunded|teilweise erstattet', someStates('partlyRefunded')],
  ['charged back|zuruckgebucht|zurueckgebucht', someStates('chargedBack')],
  ['chargeback|chargebacks|ruckbuchung|ruckbuchungen|rueckbuchung|rueckbuchungen', someLines('chargeback', 'chargebackReversal')],
  ['declined|abgelehnt', someStates('declined')],
  ['pending|being checked|offen|wird gepruft|wird geprueft', someLines('pending')],
  ['paid|bezahlt', someLines('charge')],
  ['not charged|nicht belastet|nicht abgebucht', someLines('notCharged')],
]

const elsewhere: Choices<QueryPart> = [['imported|importiert', someSources(...importSources)]]

/** A word or a few that say how a purchase stands, or that it was imported; null for any others. */
export function readStanding(text: string): QueryPart | null {
  return [...standings, ...elsewhere].find(([names]) => names.split('|').includes(text))?.[1] ?? null
}

const kinds: Choices<OfferKind> = [
  ['item|items|artikel|gegenstand', 'item'],
  ['pass|passes|passe|paesse', 'pass'],
  ['bundle|bundles|paket|pakete|bundel|buendel', 'bundle'],
]

const sources: Choices<LineSource> = [
  ['tuppence', 'tuppence'],
  ['steam', 'steam'],
  ['google play|play', 'googlePlay'],
  ['playstation|psn', 'playStation'],
  ['xbox|microsoft', 'xbox'],
  ['csv', 'csv'],
  ['ofx', 'ofx'],
]

/** By one of its names, whatever is between its words, or else by the beginning of one, as it is while it is being typed. */
function chosenIn<T>(choices: Choices<T>, value: string): T | null {
  const wanted = wordsOf(value).join('')
  if (wanted === '') return null
  const has = (fits: (name: string) => boolean) => choices.find(([names]) => names.replaceAll(' ', '').split('|').some(fits))
  return (has((name) => name === wanted) ?? has((name) => name.startsWith(wanted)))?.[1] ?? null
}

type ReadValue = (value: string, context: QueryContext) => QueryPart

const keys: Choices<ReadValue> = [
  ['seller|handler|haendler|anbieter|verkaufer|verkaeufer', readSeller],
  ['member|who|by|mitglied|wer|von', readMember],
  ['currency|wahrung|waehrung', readCurrency],
  ['source|quelle', readSource],
  ['kind|type|art|typ', readKind],
  ['state|status|stand', (value) => chosenIn(standings, value) ?? notUnderstood('noSuchState')],
  // Words are looked for in the item anyway.
  ['item|artikel', readWords],
]

/** What is done with what is after the colon; null for a word that no colon makes anything of. */
export function keyed(key: string): ReadValue | null {
  return keys.find(([names]) => names.split('|').includes(key))?.[1] ?? null
}

function readSeller(value: string): QueryPart {
  const words = wordsOf(value)
  return words.length > 0 ? { means: { kind: 'seller' }, asks: { sellerWords: words } } : notUnderstood('noWord')
}

/** Whoever is called just so, or else all whose names have words that begin so. */
function readMember(value: string, { members }: QueryContext): QueryPart {
  const wanted = wordsOf(value)
  const isCalled = (name: string) => wordsOf(name).join(' ') === wanted.join(' ')
  const begins = (name: string) => wanted.length > 0 && wanted.every((word) => wordsOf(name).some((one) => one.startsWith(word)))
  const exact = members.filter(({ name }) => wanted.length > 0 && isCalled(name))
  const found = exact.length > 0 ? exact : members.filter(({ name }) => begins(name))
  if (found.length === 0) return notUnderstood('noSuchMember')
  return { means: { kind: 'member', names: found.map(({ name }) => name) }, asks: { memberIds: found.map(({ memberId }) => memberId) } }
}

function readCurrency(value: string, context: QueryContext): QueryPart {
  const currency = currencyOf(fold(value).trim(), context)
  return currency === null ? notUnderstood('noSuchCurrency') : { means: { kind: 'currency', currency }, asks: { currencies: [currency] } }
}

function readSource(value: string): QueryPart {
  const source = chosenIn(sources, value)
  return source ? someSources(source) : notUnderstood('noSuchSource')
}

function readKind(value: string): QueryPart {
  const kind = chosenIn(kinds, value)
  return kind ? { means: { kind: 'kinds', kinds: [kind] }, asks: { offerKinds: [kind] } } : notUnderstood('noSuchKind')
}

/** A word keeps the dashes in it, since it may be a number of a receipt; what is around it goes. */
export function readWords(text: string): QueryPart {
  const words = fold(text)
    .split(/\s+/u)
    .map((word) => word.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '')
  return words.length > 0 ? { means: { kind: 'word' }, asks: { words } } : notUnderstood('noWord')
}
