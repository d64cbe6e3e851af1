/**
 * A journal for hledger. Source: hledger manual, Journal (transactions, comments and tags, directives). The accounts are those of
 * the ledger. What is open or came to nothing is a transaction without postings, which hledger shows and does not count.
 *
 * hledger has no way to escape: a semicolon would begin a comment and a bar end the payee, so they become a comma and a slash in
 * a description, and a comma, which would end a tag, becomes a semicolon in a tag.
 */
import type { ExportFormat, ExportLine } from './export-line.ts'
import { decimalOf, localTimeIn, oneLine, percentOf } from './export-text.ts'

const description = (text: string): string => oneLine(text).replaceAll(';', ',').trim()
const payee = (text: string): string => description(text).replaceAll('|', '/')
const tagValue = (text: string): string => oneLine(text).replaceAll(',', ';').trim()
const account = (text: string): string => oneLine(text).replaceAll(/[;\s]/g, '_')

const status = { pending: '!', notCharged: '' } as const

export const hledger: ExportFormat = function* (lines, { zone, madeAt }) {
  const local = localTimeIn(zone)
  const declared = new Set<string>()
  const declare = (line: string) => {
    if (declared.has(line)) return ''
    declared.add(line)
    return `${line}\n\n`
  }
  yield `; Exported from Tuppence, ${local(madeAt).iso}\ndecimal-mark .\n\n`
  for (const line of lines) {
    const { currency } = line.price
    const [expenses, assets] = [`Expenses:${account(line.sellerId)}`, `Assets:${account(line.fundingSource.id)}`]
    yield declare(`commodity ${decimalOf(1000n, currency)}${decimalOf(1n, currency).includes('.') ? '' : '.'} ${currency}`)
    const mark = line.kind === 'pending' || line.kind === 'notCharged' ? status[line.kind] : '*'
    const code = account(line.receiptNumber ?? line.purchaseId).replaceAll(')', '_')
    const head = [local(line.at).date, mark, `(${code})`, `${payee(line.payee)} | ${description(line.item)}`].filter(Boolean).join(' ')
    const tags = tagsOf(line, local(line.at).iso).map(([name, value]) => `    ; ${name}:${tagValue(value)}\n`)
    if (mark !== '*') {
      yield `${head}\n${tags.join('')}\n`
      continue
    }
    yield declare(`account ${expenses}`) + declare(`account ${assets}`)
    const [debit, credit] = [decimalOf(line.moved, currency), decimalOf(-line.moved, currency)]
    yield `${head}\n${tags.join('')}    ${expenses}  ${debit} ${currency}\n    ${assets}  ${credit} ${currency}\n\n`
  }
}

function tagsOf(line: ExportLine, at: string): [string, string][] {
  const { currency } = line.price
  const tags: [string, string | null | undefined][] = [
    ['line', line.kind],
    ['source', line.source === 'tuppence' ? null : line.source],
    ['state', line.state],
    ['receipt', line.receiptNumber],
    ['reference', line.reference],
    ['id', line.id],
    ['at', at],
    ['price', `${decimalOf(line.price.amount, currency)} ${currency}`],
    ['tax', line.tax && `${decimalOf(line.tax.amount, currency)} ${currency} (${percentOf(line.tax.rateBasisPoints)} %)`],
    ['game', line.game],
    ['kind', line.offerKind],
    ['bundle', line.bundle && `${line.bundle.count} ${line.bundle.unit}`],
    ['who', line.who],
    ['reason', line.reason],
  ]
  return tags.filter((tag): tag is [string, string] => Boolean(tag[1]))
}
