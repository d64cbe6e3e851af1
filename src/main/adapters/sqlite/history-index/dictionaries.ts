/** What repeats from line to line is numbered, so that a filter looks at each offer and each class once, however many lines have it. */
import type Database from 'better-sqlite3'
import { wordsOf } from '../../../../domain/history/fold.ts'
import type { HistoryLine } from '../../../../domain/history/line.ts'

/** What was sold and by whom. */
export type Offer = Pick<HistoryLine, 'sellerId' | 'payee' | 'item' | 'game' | 'offerKind' | 'bundle' | 'passDays'>

/** What happened, how the purchase stands, and all else that has few values. */
export type LineClass = Pick<HistoryLine, 'kind' | 'state' | 'source' | 'memberId'> & { readonly currency: string }

export type Payer = HistoryLine['fundingSource']

export interface Dictionaries {
  /** By their numbers; the first is 1. */
  readonly offers: readonly Offer[]
  readonly classes: readonly LineClass[]
  readonly payers: readonly Payer[]
}

/** A number that no class has: of lines that are no more. */
export const noClass = 0

type OfferRow = [sellerId: string, payee: string, item: string, game: string, kind: Offer['offerKind'], unit: string | null, count: number | null, passDays: number | null]
type ClassRow = [kind: LineClass['kind'], state: LineClass['state'], source: LineClass['source'], currency: string, memberId: string | null]
type PayerRow = [id: string, label: string | null]

const offerRow = ({ sellerId, payee, item, game, offerKind, bundle, passDays }: Offer): OfferRow =>
  [sellerId, payee, item, game, offerKind, bundle?.unit ?? null, bundle?.count ?? null, passDays]
const offerFrom = ([sellerId, payee, item, game, offerKind, unit, count, passDays]: OfferRow): Offer =>
  ({ sellerId, payee, item, game, offerKind, bundle: unit === null || count === null ? null : { count, unit }, passDays })
const classRow = ({ kind, state, source, currency, memberId }: LineClass): ClassRow => [kind, state, source, currency, memberId]
const classFrom = ([kind, state, source, currency, memberId]: ClassRow): LineClass => ({ kind, state, source, currency, memberId })

/** All words of an offer that a search finds it by, as they are indexed. */
export function offerWords({ item, game, payee, bundle }: Offer): string {
  return [item, game, payee, bundle?.unit ?? ''].flatMap(wordsOf).join(' ')
}

export interface Numbers extends Dictionaries {
  offer(offer: Offer): number
  class(lineClass: LineClass): number
  payer(payer: Payer): number
}

const offersIn = 'SELECT seller_id, payee, item, game, kind, unit, count, pass_days FROM offers ORDER BY id'
const classesIn = 'SELECT kind, state, source, currency, member_id FROM classes ORDER BY id'
const payersIn = 'SELECT source_id, label FROM payers ORDER BY id'

export function readDictionaries(db: Database.Database): Dictionaries {
  const all = <R>(sql: string) => db.prepare<[], R>(sql).raw().all()
  return {
    offers: [emptyOffer, ...all<OfferRow>(offersIn).map(offerFrom)],
    classes: [emptyClass, ...all<ClassRow>(classesIn).map(classFrom)],
    payers: [{ id: '', label: null }, ...all<PayerRow>(payersIn).map(([id, label]) => ({ id, label }))],
  }
}

const emptyOffer: Offer = { sellerId: '', payee: '', item: '', game: '', offerKind: null, bundle: null, passDays: null }
const emptyClass: LineClass = { kind: 'notCharged', state: 'voided', source: 'tuppence', currency: '', memberId: null }

/** Reads the dictionaries, and numbers and writes what is new. */
export function openNumbers(db: Database.Database): Numbers {
  const insertOffer = db.prepare('INSERT INTO offers (id, seller_id, payee, item, game, kind, unit, count, pass_days) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertWords = db.prepare('INSERT INTO offer_words (rowid, words) VALUES (?, ?)')
  const insertClass = db.prepare('INSERT INTO classes (id, kind, state, source, currency, member_id) VALUES (?, ?, ?, ?, ?, ?)')
  const insertPayer = db.prepare('INSERT INTO payers (id, source_id, label) VALUES (?, ?, ?)')
  const known = readDictionaries(db)
  const offers = numbered([...known.offers], offerRow, (id, offer, row) => {
    insertOffer.run(id, ...row)
    insertWords.run(id, offerWords(offer))
  })
  const classes = numbered([...known.classes], classRow, (id, _, row) => insertClass.run(id, ...row))
  const payers = numbered([...known.payers], ({ id, label }: Payer): PayerRow => [id, label], (id, _, row) => insertPayer.run(id, ...row))
  return {
    offers: offers.values,
    classes: classes.values,
    payers: payers.values,
    offer: (line) => offers.numberOf(offerFrom(offerRow(line))),
    class: (lineClass) => classes.numberOf(classFrom(classRow(lineClass))),
    payer: ({ id, label }) => payers.numberOf({ id, label }),
  }
}

function numbered<V, R extends readonly unknown[]>(values: V[], rowOf: (value: V) => R, insert: (id: number, value: V, row: R) => unknown) {
  const keyOf = (row: R) => JSON.stringify(row)
  const numbers = new Map(values.map((value, id) => [keyOf(rowOf(value)), id]))
  return {
    values,
    numberOf(value: V): number {
      const row = rowOf(value)
      const key = keyOf(row)
      const found = numbers.get(key)
      if (found) return found
      const id = values.push(value) - 1
      numbers.set(key, id)
      insert(id, value, row)
      return id
    },
  }
}
