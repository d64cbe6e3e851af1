/** A statement as a document: the same blocks for PDF and web page, and the same numbers as on the screen. */
import type { LineView } from '../../contract/ipc/history.ts'
import type { StatementData, StatementTotalView } from '../../contract/ipc/statements.ts'
import type { WireMoney } from '../../contract/money.ts'
import { fromWire } from '../../domain/money.ts'
import type { Paper, PaperBlock, PaperColumn, PaperFact } from '../ports/documents.ts'
import { changesBlocks, limitsBlocks } from './statement-paper-controls.ts'
import { statementWords } from './statement-words.ts'
import type { StatementStyle, StatementWriting } from './statement-writing.ts'

type Table = Extract<PaperBlock, { kind: 'table' }>

/** `rows` are those of all lines, made by `lineRows`. */
export function statementPaper(statement: StatementData, rows: Table['rows'], style: StatementStyle): Paper {
  const writing = { ...style, words: statementWords[style.language] }
  const { words, format } = writing
  const month = format.month(statement.month)
  return {
    title: words.title(month),
    language: style.language,
    datedAt: statement.madeAt,
    blocks: [
      { kind: 'heading', level: 1, text: words.title(month) },
      ...(style.isSandbox ? [{ kind: 'paragraph', tone: 'quiet', text: words.sandbox } as const] : []),
      ...(statement.checked === 'failed' ? [paragraph(words.unverified)] : []),
      { kind: 'facts', facts: factsOf(statement, writing) },
      ...(isRunning(statement) ? [paragraph(words.notOver)] : []),
      { kind: 'heading', level: 2, text: words.sums },
      ...sumsBlocks(statement, writing),
      ...sellerBlocks(statement, writing),
      ...lineBlocks(statement, rows, writing),
      ...limitsBlocks(statement, writing),
      ...changesBlocks(statement, writing),
      { kind: 'heading', level: 2, text: words.proof },
      { kind: 'paragraph', text: words.aboutProof, tone: 'quiet' },
      { kind: 'facts', facts: proofOf(statement, writing) },
    ],
    footer: words.footer(month),
    missingCharacters: words.missingCharacters,
  }
}

/** Whether more may come in the month. */
export const isRunning = ({ madeAt, endsAt }: Pick<StatementData, 'madeAt' | 'endsAt'>): boolean => madeAt < endsAt

const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', text, tone: 'plain' })

function factsOf(statement: StatementData, { words, format, hasMembers }: StatementWriting): PaperFact[] {
  return [
    ...(hasMembers ? [{ name: words.whose, value: statement.who ?? words.everything }] : []),
    { name: words.period, value: words.fromTo(format.day(statement.firstDay), format.day(statement.lastDay)) },
    { name: words.calendar, value: statement.zone },
    { name: words.madeAt, value: format.dateTime(statement.madeAt) },
    { name: words.checked, value: words.checks[statement.checked] },
  ]
}

function proofOf({ head }: StatementData, { words, format }: StatementWriting): PaperFact[] {
  if (!head) return [{ name: words.eventCount, value: words.noHead }]
  return [{ name: words.eventCount, value: format.count(head.seq) }, { name: words.headMac, value: head.mac, exact: true }]
}

const isNothing = ({ amount }: WireMoney): boolean => amount === '0'

function writtenMoney({ format }: StatementWriting, money: WireMoney): string {
  return format.money(fromWire(money))
}

/** Amounts that are nothing say so with a dash, so that those that are something stand out. */
function orDash(writing: StatementWriting, money: WireMoney): string {
  return isNothing(money) ? '–' : writtenMoney(writing, money)
}

const amountColumns = ({ words }: StatementWriting): PaperColumn[] => [
  { title: words.spent, align: 'end', share: 3 },
  { title: words.cameBack, align: 'end', share: 3 },
  { title: words.pending, align: 'end', share: 3 },
]

function sumsBlocks({ opening, totals, closing, month, firstDay, lastDay }: StatementData, writing: StatementWriting): PaperBlock[] {
  const { words, format } = writing
  if (closing.length === 0) return [{ kind: 'paragraph', text: words.nothingYet, tone: 'quiet' }]
  const rows = closing.flatMap(({ debit: { currency } }) => [
    ...sumRows(words.before(format.day(firstDay)), totalIn(opening, currency), writing),
    ...sumRows(words.inMonth(format.month(month)), totalIn(totals, currency), writing),
    ...sumRows(words.upTo(format.day(lastDay)), totalIn(closing, currency), writing),
  ])
  const columns: PaperColumn[] = [
    { title: words.what, align: 'start', share: 7 },
    { title: words.currency, align: 'start', share: 2 },
    ...amountColumns(writing),
  ]
  return [{ kind: 'table', columns, rows, totals: [] }, { kind: 'paragraph', text: words.neverNetted, tone: 'quiet' }]
}

/** What there was of a currency, also where that was nothing. */
export function totalIn(totals: readonly StatementTotalView[], currency: string): StatementTotalView {
  const nothing = { amount: '0', currency }
  const none = { debit: nothing, credit: nothing, pending: nothing, lines: 0, importedDebit: nothing, importedCredit: nothing }
  return totals.find(({ debit }) => debit.currency === currency) ?? none
}

function sumRows(name: string, total: StatementTotalView, writing: StatementWriting): string[][] {
  const money = (amount: WireMoney) => writtenMoney(writing, amount)
  const { debit, credit, pending, importedDebit, importedCredit } = total
  const hasImported = !isNothing(importedDebit) || !isNothing(importedCredit)
  return [
    [name, debit.currency, money(debit), money(credit), orDash(writing, pending)],
    ...(hasImported ? [[writing.words.ofWhichImported, debit.currency, money(importedDebit), money(importedCredit), '']] : []),
  ]
}

function sellerBlocks({ sellers, totals }: StatementData, writing: StatementWriting): PaperBlock[] {
  const { words, format } = writing
  if (sellers.length === 0) return []
  const row = (name: string, total: StatementTotalView) => [
    name,
    format.count(total.lines),
    orDash(writing, total.debit),
    orDash(writing, total.credit),
    orDash(writing, total.pending),
  ]
  const columns: PaperColumn[] = [
    { title: words.seller, align: 'start', share: 5 },
    { title: words.lineCount, align: 'end', share: 2 },
    ...amountColumns(writing),
  ]
  return [
    { kind: 'heading', level: 2, text: words.bySeller },
    {
      kind: 'table',
      columns,
      rows: sellers.map((seller) => row(seller.payee, seller)),
      totals: totals.map((total) => row(`${words.total} ${total.debit.currency}`, total)),
    },
  ]
}

const isOfMany = ({ who }: StatementData, { hasMembers }: StatementStyle): boolean => hasMembers && who === null

function lineBlocks(statement: StatementData, rows: Table['rows'], writing: StatementWriting): PaperBlock[] {
  const { words, format } = writing
  const heading = { kind: 'heading', level: 2, text: words.lines(format.count(statement.lineCount)) } as const
  if (rows.length === 0) return [heading, { kind: 'paragraph', text: words.noLines, tone: 'quiet' }]
  const who: PaperColumn[] = isOfMany(statement, writing) ? [{ title: words.who, align: 'start', share: 7 }] : []
  const columns: PaperColumn[] = [
    { title: words.date, align: 'start', share: 8 },
    { title: words.item, align: 'start', share: 17 },
    { title: words.seller, align: 'start', share: 9 },
    ...who,
    { title: words.spent, align: 'end', share: 8 },
    { title: words.cameBack, align: 'end', share: 8 },
  ]
  const totals = statement.totals.map(({ debit, credit }) => [
    `${words.total} ${debit.currency}`,
    '',
    '',
    ...who.map(() => ''),
    writtenMoney(writing, debit),
    writtenMoney(writing, credit),
  ])
  return [heading, { kind: 'table', columns, rows, totals }]
}

/** The rows of some lines: they are made a few at a time, because a month can have very many. */
export function lineRows(lines: readonly LineView[], statement: StatementData, style: StatementStyle): string[][] {
  const writing = { ...style, words: statementWords[style.language] }
  const hasWho = isOfMany(statement, style)
  return lines.map((line) => {
    const [spent, back] = movedIn(line, writing)
    return [
      style.format.dateTime(line.at),
      `${line.item}\n${aboutLine(line, writing)}`,
      line.payee,
      ...(hasWho ? [line.who ?? ''] : []),
      spent,
      back,
    ]
  })
}

function movedIn({ moved, kind }: LineView, writing: StatementWriting): readonly [spent: string, back: string] {
  if (kind === 'pending' || kind === 'notCharged') return ['–', '–']
  const isBack = moved.amount.startsWith('-')
  return isBack ? ['–', writtenMoney(writing, { ...moved, amount: moved.amount.slice(1) })] : [writtenMoney(writing, moved), '–']
}

function aboutLine(line: LineView, writing: StatementWriting): string {
  const { words } = writing
  const price = writtenMoney(writing, line.price)
  const kind = line.kind === 'pending' ? words.maybeCharged(price) : line.kind === 'notCharged' ? words.notCharged(price) : words.kinds[line.kind]
  return [
    kind,
    ...(line.game === null ? [] : [line.game]),
    ...(line.receiptNumber === null ? [] : [words.receipt(line.receiptNumber)]),
    ...(line.reference === null ? [] : [words.reference(line.reference)]),
    ...(line.source === 'tuppence' ? [] : [words.imported(words.sources[line.source])]),
  ].join(' · ')
}
