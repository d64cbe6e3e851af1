/**
 * A ledger for beancount 2 and 3. Source: Beancount Language Syntax (accounts, commodities, strings, links, metadata, open). All
 * lines of a purchase carry its receipt number as a link. What is open or came to nothing is a transaction without postings.
 */
import type { ExportFormat, ExportLine } from './export-line.ts'
import { decimalOf, localTimeIn, oneLine, percentOf } from './export-text.ts'

const quoted = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/**
 * A part of an account's name begins with a capital letter or a digit and is made of letters, digits and dashes. Imported lines have accounts
 * under `Elsewhere` and their source. An id that is something else gets every other character as its number in base 16, between dashes, under
 * another beginning, so that no two ids come to the same name.
 */
function accountPart(beginning: string, id: string): string {
  const [, source, name] = /^elsewhere:([A-Za-z]+)(:[a-z0-9][a-z0-9-]*)?$/.exec(id) ?? []
  if (source !== undefined) return `Elsewhere:${capital(source)}${name === undefined ? '' : `:${capital(name.slice(1))}`}`
  if (/^[A-Za-z0-9-]+$/.test(id)) return `${beginning}-${id}`
  const escaped = id.replaceAll(/[^A-Za-z0-9]/gu, (character) => `-${character.codePointAt(0)?.toString(16)}-`)
  return `${beginning}x-${escaped}`
}

/** A link takes no colon, which a receipt number may have; the slash that stands for it cannot be in one. */
const link = (id: string): string => `^${id.replaceAll(':', '/').replaceAll(/[^A-Za-z0-9\-_/.]/g, '_')}`

/** Every account is opened on it. Directives may come in any order, their dates count. */
const longAgo = '1970-01-01'

export const beancount: ExportFormat = function* (lines, { zone, madeAt }) {
  const local = localTimeIn(zone)
  const declared = new Set<string>()
  const declare = (directive: string) => {
    if (declared.has(directive)) return ''
    declared.add(directive)
    return `${longAgo} ${directive}\n\n`
  }
  yield `; Exported from Tuppence, ${local(madeAt).iso}\noption "title" "Tuppence"\n\n`
  for (const line of lines) {
    const { currency } = line.price
    yield declare(`commodity ${currency}`)
    const isMoney = line.kind !== 'pending' && line.kind !== 'notCharged'
    const links = [line.receiptNumber ?? line.purchaseId].map(link).join(' ')
    const head = `${local(line.at).date} ${isMoney ? '*' : '!'} ${quoted(line.payee)} ${quoted(line.item)} ${links}\n`
    const metadata = metadataOf(line, local(line.at).iso).map(([name, value]) => `  ${name}: ${value}\n`).join('')
    if (!isMoney) {
      yield `${head}${metadata}\n`
      continue
    }
    const expenses = `Expenses:${accountPart('Seller', line.sellerId)}`
    const assets = `Assets:${accountPart('Funding', line.fundingSource.id)}`
    yield declare(`open ${expenses}`) + declare(`open ${assets}`)
    const [debit, credit] = [decimalOf(line.moved, currency), decimalOf(-line.moved, currency)]
    yield `${head}${metadata}  ${expenses}  ${debit} ${currency}\n  ${assets}  ${credit} ${currency}\n\n`
  }
}

function metadataOf(line: ExportLine, at: string): [string, string][] {
  const { currency } = line.price
  const text = (value: string | null) => (value === null || value === '' ? null : quoted(value))
  const values: [string, string | null][] = [
    ['line', quoted(line.kind)],
    ['source', line.source === 'tuppence' ? null : quoted(line.source)],
    ['state', quoted(line.state)],
    ['receipt', text(line.receiptNumber)],
    ['reference', text(line.reference)],
    ['id', quoted(line.id)],
    ['at', quoted(at)],
    ['price', `${decimalOf(line.price.amount, currency)} ${currency}`],
    ['tax', line.tax && `${decimalOf(line.tax.amount, currency)} ${currency}`],
    ['taxrate', line.tax && percentOf(line.tax.rateBasisPoints)],
    ['seller', quoted(line.sellerId)],
    ['funding', quoted(line.fundingSource.id)],
    ['game', text(line.game)],
    ['kind', text(line.offerKind)],
    ['bundle', line.bundle && quoted(`${line.bundle.count} ${line.bundle.unit}`)],
    ['who', text(line.who)],
    ['reason', text(line.reason)],
  ]
  return values.filter((value): value is [string, string] => value[1] !== null)
}
