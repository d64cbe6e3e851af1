/** The words of a receipt on paper, in the languages of the pages. */
import type { ReceiptFormat } from '../../contract/ipc/documents.ts'
import type { Language } from '../../contract/ipc/status.ts'
import type { RecordedState } from '../../domain/life-cycle.ts'

export type MoneyBackKind = 'refund' | 'chargeback' | 'chargebackReversal'

export interface ReceiptWords {
  readonly saveTitle: string
  readonly fileKinds: Readonly<Record<ReceiptFormat, string>>
  /** The title of the document. */
  readonly title: (receiptNumber: string) => string
  readonly heading: string
  readonly sandbox: string
  readonly paidTo: (payee: string) => string
  readonly taxWithin: (amount: string, rate: string) => string
  readonly item: string
  readonly game: string
  readonly contents: string
  readonly bundle: (count: string, unit: string, each: string) => string
  readonly days: (days: number) => string
  readonly price: string
  readonly countedAs: string
  readonly paidFrom: string
  readonly boughtBy: string
  readonly chargedAt: string
  readonly receiptNumber: string
  readonly purchaseNumber: string
  readonly state: string
  readonly states: Readonly<Record<Extract<RecordedState, 'succeeded' | 'partlyRefunded' | 'refunded' | 'chargedBack'>, string>>
  readonly moneyBack: string
  readonly moneyBackColumns: { readonly when: string; readonly what: string; readonly number: string; readonly amount: string }
  readonly moneyBackKinds: Readonly<Record<MoneyBackKind, string>>
  readonly soFar: string
  readonly howToVerify: string
  readonly verify: string
  readonly signingKey: string
  readonly approvedDigest: string
  readonly footer: (receiptNumber: string) => string
  readonly missingCharacters: string
}

const en: ReceiptWords = {
  saveTitle: 'Save the receipt',
  fileKinds: { pdf: 'PDF', json: 'Receipt that can be verified' },
  title: (receiptNumber) => `Receipt ${receiptNumber}`,
  heading: 'Receipt',
  sandbox: 'Made in the sandbox, for trying out: no real money was moved.',
  paidTo: (payee) => `Paid to ${payee}`,
  taxWithin: (amount, rate) => `Tax in it: ${amount} (${rate})`,
  item: 'Item',
  game: 'Game',
  contents: 'Contains',
  bundle: (count, unit, each) => `${count} × ${unit}, ${each} each`,
  days: (days) => (days === 1 ? 'For 1 day' : `For ${days} days`),
  price: 'Price',
  countedAs: 'Counted against limits as',
  paidFrom: 'Paid from',
  boughtBy: 'Bought by',
  chargedAt: 'Charged',
  receiptNumber: 'Receipt number',
  purchaseNumber: 'Purchase number',
  state: 'How it stands',
  states: { succeeded: 'Paid', partlyRefunded: 'Paid, and refunded in part', refunded: 'Paid, and refunded', chargedBack: 'Paid, and charged back' },
  moneyBack: 'What happened to it later',
  moneyBackColumns: { when: 'When', what: 'What', number: 'Number', amount: 'Amount' },
  moneyBackKinds: { refund: 'Refunded', chargeback: 'Charged back', chargebackReversal: 'Chargeback reversed' },
  soFar: 'As far as it was known when this was saved. The price stays what was charged.',
  howToVerify: 'How to verify it',
  verify:
    'This page is for reading. The proof is the receipt that the gateway signed: save it from Tuppence as a file to verify, and check it ' +
    'with “npx tuppence-verify” or any other program that knows the format. It has to be signed by this key of the gateway’s:',
  signingKey: 'Signing key',
  approvedDigest: 'What was approved',
  footer: (receiptNumber) => `Receipt ${receiptNumber}, written by Tuppence`,
  missingCharacters: 'Characters that are not in the fonts of this page are shown by their number in Unicode, as in [U+1F600]. Copied text has the characters themselves.',
}

const de: ReceiptWords = {
  saveTitle: 'Beleg speichern',
  fileKinds: { pdf: 'PDF', json: 'Prüfbarer Beleg' },
  title: (receiptNumber) => `Beleg ${receiptNumber}`,
  heading: 'Beleg',
  sandbox: 'In der Sandbox zum Ausprobieren entstanden: Es wurde kein echtes Geld bewegt.',
  paidTo: (payee) => `Bezahlt an ${payee}`,
  taxWithin: (amount, rate) => `Darin enthaltene Steuer: ${amount} (${rate})`,
  item: 'Artikel',
  game: 'Spiel',
  contents: 'Enthält',
  bundle: (count, unit, each) => `${count} × ${unit}, je ${each}`,
  days: (days) => (days === 1 ? 'Für 1 Tag' : `Für ${days} Tage`),
  price: 'Preis',
  countedAs: 'Zählt für Grenzen als',
  paidFrom: 'Bezahlt von',
  boughtBy: 'Gekauft von',
  chargedAt: 'Abgebucht',
  receiptNumber: 'Belegnummer',
  purchaseNumber: 'Kaufnummer',
  state: 'Stand',
  states: { succeeded: 'Bezahlt', partlyRefunded: 'Bezahlt und teilweise erstattet', refunded: 'Bezahlt und erstattet', chargedBack: 'Bezahlt und zurückgebucht' },
  moneyBack: 'Was später damit geschah',
  moneyBackColumns: { when: 'Wann', what: 'Was', number: 'Nummer', amount: 'Betrag' },
  moneyBackKinds: { refund: 'Erstattet', chargeback: 'Zurückgebucht', chargebackReversal: 'Rückbuchung aufgehoben' },
  soFar: 'Soweit es beim Speichern bekannt war. Der Preis bleibt der, der abgebucht wurde.',
  howToVerify: 'Wie man ihn prüft',
  verify:
    'Diese Seite ist zum Lesen da. Der Nachweis ist der Beleg, den das Gateway unterschrieben hat: Speichere ihn in Tuppence als prüfbare ' +
    'Datei und prüfe ihn mit „npx tuppence-verify“ oder einem anderen Programm, das das Format kennt. Er muss mit diesem Schlüssel des Gateways unterschrieben sein:',
  signingKey: 'Schlüssel',
  approvedDigest: 'Was bestätigt wurde',
  footer: (receiptNumber) => `Beleg ${receiptNumber}, geschrieben von Tuppence`,
  missingCharacters: 'Zeichen, die den Schriften dieser Seite fehlen, stehen mit ihrer Nummer in Unicode da, wie [U+1F600]. Kopierter Text enthält die Zeichen selbst.',
}

export const receiptWords: Readonly<Record<Language, ReceiptWords>> = { en, de }
