/**
 * Statements in OFX 1 (SGML) and OFX 2 (XML), also as this program exports them (src/domain/export/ofx.ts). Source: OFX Banking
 * Specification 2.2, sections 3.2.8 (dates), 11.4.3 (STMTTRN) and 11.3 (CCSTMTRS); 1.6 has the same elements.
 *
 * A statement has all that moved on an account. Money that came in is a refund only where it says so, or where it gives back a charge of
 * the same payee in this file; salaries, transfers and interest are not purchases.
 */
import { dateReader, type ReadDate } from '../../../domain/imports/date-text.ts'
import { readMoney } from '../../../domain/imports/money-text.ts'
import { isCurrency } from '../../../domain/money.ts'
import type { BadRowReason } from '../../ports/import-reader.ts'
import type { FoundRow, FoundRows } from './found-rows.ts'
import { oneLine } from './names.ts'
import { eachOfxElement } from './ofx-elements.ts'
import { says } from './type-words.ts'

type Fields = ReadonlyMap<string, string>

/** Moved within the account holder's own accounts, or no purchase in any way. */
const ownMoney = new Set(['XFER', 'ATM', 'CASH', 'DEP', 'DIRECTDEP', 'INT', 'DIV'])

export interface OfxOptions {
  readonly zone: string
  readonly homeCurrency: string | null
  readonly onAt: (index: number) => void
}

/** How many transactions there were, or null where there is no statement. */
export function readOfx(text: string, rows: FoundRows, { zone, homeCurrency, onAt }: OfxOptions): number | null {
  const readDate = ofxDates(zone)
  const charged = chargedIn(text)
  let n = 0
  const statements = eachTransaction(text, onAt, (fields, statement, isPending) => {
    n += 1
    const about = () => [...fields.values()].join(' ')
    const found = rowOf(fields, { n, statement, isPending, readDate, homeCurrency, charged })
    if (typeof found === 'string') rows.bad(n, found, about())
    else rows.add(found, about)
  })
  return statements === 0 && n === 0 ? null : n
}

/** How many statements there were. */
function eachTransaction(text: string, onAt: (index: number) => void, take: (fields: Fields, statement: Fields, isPending: boolean) => void): number {
  let statement = new Map<string, string>()
  let fields: Map<string, string> | null = null
  let list = ''
  let statements = 0
  const flush = () => {
    if (fields) take(fields, statement, list === 'STMTTRNP')
    fields = null
  }
  eachOfxElement(text, {
    onAt,
    onElement(name, value) {
      if (name === 'STMTRS' || name === 'CCSTMTRS') {
        statement = new Map()
        statements += 1
      } else if (name === 'STMTTRN' || name === 'STMTTRNP') {
        flush()
        fields = new Map()
        list = name
      } else if (!fields) statement.set(name, value)
      else if (!fields.has(name)) fields.set(name, value)
    },
    onEnd(name) {
      if (name === list || name === 'BANKTRANLIST') flush()
    },
  })
  flush()
  return statements
}

/** What was paid in the whole file, in minor units, by currency and payee: statements begin with the newest or with the oldest. */
function chargedIn(text: string): Map<string, bigint> {
  const charged = new Map<string, bigint>()
  eachTransaction(text, () => {}, (fields, statement, isPending) => {
    const currency = currencyOf(fields, statement)
    const money = isPending ? null : readMoney(fields.get('TRNAMT') ?? '', { currency })
    if (money?.kind !== 'money' || money.money.amount > 0n) return
    const key = chargedKey(currency, oneLine(fields.get('EXTDNAME') ?? fields.get('NAME') ?? ''))
    charged.set(key, (charged.get(key) ?? 0n) - money.money.amount)
  })
  return charged
}

const chargedKey = (currency: string, payee: string): string => `${currency} ${payee}`

const currencyOf = (fields: Fields, statement: Fields): string => oneLine(fields.get('CURSYM') ?? statement.get('CURDEF') ?? '')

interface Context {
  readonly n: number
  readonly statement: Fields
  readonly isPending: boolean
  readonly readDate: (text: string) => ReadDate | null
  readonly homeCurrency: string | null
  /** How much was paid that no refund has used up. */
  readonly charged: Map<string, bigint>
}

function rowOf(fields: Fields, { n, statement, isPending, readDate, homeCurrency, charged }: Context): FoundRow | BadRowReason {
  // What is only reserved may still come to nothing.
  if (isPending) return 'free'
  const field = (name: string) => oneLine(fields.get(name) ?? '')
  const currency = currencyOf(fields, statement) || homeCurrency || ''
  if (currency === '') return 'noCurrency'
  if (!isCurrency(currency)) return 'unknownCurrency'
  const money = readMoney(field('TRNAMT'), { currency })
  if (money.kind !== 'money') return money.kind
  if (ownMoney.has(field('TRNTYPE').toUpperCase())) return 'notAPurchase'
  const minor = money.money.amount
  const { payee, item, isSaidRefund } = described(field, statement.get('BANKID') === 'TUPPENCE')
  const isCharge = minor <= 0n
  const paid = charged.get(chargedKey(currency, payee)) ?? 0n
  if (!isCharge && !isSaidRefund && paid < minor) return 'notAPurchase'
  if (!isCharge) charged.set(chargedKey(currency, payee), paid > minor ? paid - minor : 0n)
  return {
    n,
    kind: isCharge ? 'charge' : 'refund',
    date: readDate(field('DTPOSTED') || field('DTUSER')),
    item: item || payee,
    payee: payee || item,
    money: { amount: isCharge ? -minor : minor, currency },
    order: field('REFNUM') || field('CHECKNUM'),
    ...(!isCharge && { reference: field('FITID') }),
    identity: field('FITID'),
  }
}

/** Ours begin with what happened, and have more behind the item than its name. */
const ourMemo = /^(Refund|Chargeback|Chargeback reversed): /

function described(field: (name: string) => string, isOurs: boolean): { readonly payee: string; readonly item: string; readonly isSaidRefund: boolean } {
  const [name, memo] = [field('EXTDNAME') || field('NAME'), field('MEMO')]
  const isSaidRefund = says('refund', memo.slice(0, 60)) || says('refund', name)
  if (isOurs) return { payee: name, item: memo.replace(ourMemo, '').split(' · ')[0] ?? '', isSaidRefund: ourMemo.test(memo) }
  return { payee: name, item: memo.length > 200 ? name : memo, isSaidRefund }
}

/** `20261123100000.000[+1:CET]`, with as much of it as there is. A time without a zone is in GMT, as section 3.2.8 says. */
function ofxDates(zone: string): (text: string) => ReadDate | null {
  const readDate = dateReader(zone)
  return (text) => {
    const [, year, month, day, hour, minute, second, part, offset] =
      /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?(?:\.(\d{1,6}))?)?\s*(?:\[([+-]?\d{1,2}(?:\.\d{1,2})?)(?::[A-Za-z]{0,8})?\])?$/.exec(text.slice(0, 60)) ?? []
    if (year === undefined) return null
    const date = `${year}-${month}-${day}`
    // Midnight without a zone is how many banks write a day.
    if (hour === undefined || (offset === undefined && /^0*$/.test(`${hour}${minute}${second ?? ''}`))) return readDate(date, 'iso')
    const minutes = Math.round(Number(offset ?? 0) * 60)
    const pad = (value: number) => String(value).padStart(2, '0')
    const east = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`
    return readDate(`${date}T${hour}:${minute}:${second ?? '00'}${part === undefined ? '' : `.${part}`}${east}`, 'iso')
  }
}
