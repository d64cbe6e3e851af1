/**
 * OFX as a bank's statement download, one statement for each currency. Source: OFX Banking Specification 2.2, sections 2.2
 * (header), 3.2.8 (dates and time zones), 11.4 (STMTRS, BANKTRANLIST, BANKTRANLISTP, STMTTRN, STMTTRNP, LEDGERBAL); XML 1.0 §2.2.
 * Amounts are seen from the account, as on a bank statement: a charge is below nothing. What is open is in the list of pending
 * transactions; what came to nothing is not on a bank statement, and not here.
 */
import type { ExportFormat, ExportHead, ExportLine } from './export-line.ts'
import { decimalOf, localTimeIn, oneLine } from './export-text.ts'

const header = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
`

/** The longest values that the specification allows. */
const longest = { NAME: 32, EXTDNAME: 100, MEMO: 255, REFNUM: 32 } as const

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** `oneLine` leaves no control characters; the two others that XML 1.0 does not allow are dropped. */
function element(name: string, value: string): string {
  const allowed = oneLine(value).replaceAll(/[\uFFFE\uFFFF]/g, '')
  return `<${name}>${allowed.replaceAll(/[&<>]/g, (character) => escapes[character] ?? '')}</${name}>`
}

/** By whole characters. */
const cut = (text: string, length: number): string => (text.length <= length ? text : Array.from(text).slice(0, length).join(''))

/**
 * The specification knows whole hours from -12 to +12 and leaves open how the others are read, so times in zones with such an
 * offset are written in GMT.
 */
function ofxTimeIn(zone: string): (instant: string) => string {
  const local = localTimeIn(zone)
  return (instant) => {
    const { iso, offsetMinutes } = local(instant)
    const hours = offsetMinutes / 60
    const isKnown = Number.isInteger(hours) && Math.abs(hours) <= 12
    const digits = (isKnown ? iso : instant).slice(0, 23).replaceAll(/[-:T]/g, '')
    return isKnown && hours !== 0 ? `${digits}[${hours > 0 ? '+' : ''}${hours}]` : `${digits}[0:GMT]`
  }
}

export const ofx: ExportFormat = function* (lines, head) {
  const time = ofxTimeIn(head.zone)
  const status = '<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>'
  yield `${header}<OFX>\n<SIGNONMSGSRSV1><SONRS>${status}${element('DTSERVER', time(head.madeAt))}<LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>\n`
  // The message set is there with a statement in it, or not at all.
  let begun = false
  for (const currency of head.currencies) {
    const statement = statementOf(ofCurrency(lines, currency), currency, head, time)
    for (const text of statement) {
      if (!begun) yield '<BANKMSGSRSV1>\n'
      begun = true
      yield text
    }
  }
  yield begun ? '</BANKMSGSRSV1>\n</OFX>\n' : '</OFX>\n'
}

function ofCurrency(lines: Iterable<ExportLine>, currency: string): Iterable<ExportLine> {
  return {
    *[Symbol.iterator]() {
      for (const line of lines) if (line.price.currency === currency) yield line
    },
  }
}

/** So many are kept in memory until their list begins; of more, everything is gone through once more instead. */
const mostPending = 1000

function* statementOf(lines: Iterable<ExportLine>, currency: string, head: ExportHead, time: (instant: string) => string): Iterable<string> {
  let begun = false
  let spent = 0n
  let pendingCount = 0
  const pending: ExportLine[] = []
  for (const line of lines) {
    if (line.kind === 'notCharged') continue
    if (!begun) yield beginning(currency, head, line, time)
    begun = true
    if (line.kind !== 'pending') yield transaction(line, time)
    else if ((pendingCount += 1) <= mostPending) pending.push(line)
    spent += line.moved
  }
  if (!begun) return
  yield '</BANKTRANLIST>\n'
  const now = element('DTASOF', time(head.madeAt))
  if (pendingCount > 0) {
    yield `<BANKTRANLISTP>${now}\n`
    const all = pendingCount <= mostPending ? pending : lines
    for (const line of all) if (line.kind === 'pending') yield pendingTransaction(line, time)
    yield '</BANKTRANLISTP>\n'
  }
  yield `<LEDGERBAL>${element('BALAMT', decimalOf(-spent, currency))}${now}</LEDGERBAL>\n</STMTRS></STMTTRNRS>\n`
}

function beginning(currency: string, { from, before, madeAt }: ExportHead, first: ExportLine, time: (instant: string) => string): string {
  const account = `<BANKACCTFROM><BANKID>TUPPENCE</BANKID>${element('ACCTID', `TUPPENCE-${currency}`)}<ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>`
  const dates = element('DTSTART', time(from ?? first.at)) + element('DTEND', time(before ?? madeAt))
  return `<STMTTRNRS><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>\n<STMTRS>${element('CURDEF', currency)}${account}\n<BANKTRANLIST>${dates}\n`
}

function transaction(line: ExportLine, time: (instant: string) => string): string {
  const amount = decimalOf(-line.moved, line.price.currency)
  const type = line.moved < 0n ? 'CREDIT' : 'DEBIT'
  const dates = element('DTPOSTED', time(line.at)) + element('DTUSER', time(line.approvedAt))
  return `<STMTTRN><TRNTYPE>${type}</TRNTYPE>${dates}${element('TRNAMT', amount)}${element('FITID', line.id)}${described(line)}</STMTTRN>\n`
}

function pendingTransaction(line: ExportLine, time: (instant: string) => string): string {
  const amount = decimalOf(-line.price.amount, line.price.currency)
  return `<STMTTRNP><TRNTYPE>HOLD</TRNTYPE>${element('DTTRAN', time(line.at))}${element('TRNAMT', amount)}${described(line)}</STMTTRNP>\n`
}

const memoWords: Record<ExportLine['kind'], string> = {
  charge: '',
  refund: 'Refund: ',
  chargeback: 'Chargeback: ',
  chargebackReversal: 'Chargeback reversed: ',
  pending: '',
  notCharged: '',
}

/** What was imported says from where. */
const sourceOf = ({ source }: ExportLine) => source !== 'tuppence' && source

function described(line: ExportLine): string {
  const number = line.receiptNumber ?? line.purchaseId
  const fits = number.length <= longest.REFNUM
  const payee = line.payee
  const about = [line.item, line.game, line.bundle && `${line.bundle.count} ${line.bundle.unit}`, line.who, line.reference, !fits && number, sourceOf(line)]
  const name = element('NAME', cut(payee, longest.NAME)) + (payee.length > longest.NAME ? element('EXTDNAME', cut(payee, longest.EXTDNAME)) : '')
  const memo = element('MEMO', cut(memoWords[line.kind] + about.filter(Boolean).join(' · '), longest.MEMO))
  return (fits ? element('REFNUM', number) : '') + name + memo
}
