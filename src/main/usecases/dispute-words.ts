/** The question that main asks before it tells the gateway that something is wrong with a charge: what is sent, and what it does not do. */
import type { DisputeReason } from '../../contract/dispute.ts'
import type { Appearance, Language } from '../../contract/ipc/status.ts'
import type { PurchaseRecord } from '../../domain/ledger.ts'
import type { Question } from '../ports/ask-person.ts'
import { amountIn } from './control-questions.ts'

export type DisputeStyle = Pick<Appearance, 'language' | 'locale'>

interface Said {
  readonly purchaseId: string
  readonly reason: DisputeReason
  readonly note?: string
}

interface Words {
  readonly title: string
  readonly message: (price: string, payee: string, item: string) => string
  readonly sent: string
  readonly purchase: string
  readonly reason: string
  readonly note: string
  readonly reasons: Readonly<Record<DisputeReason, string>>
  readonly effect: string
  readonly confirm: string
  readonly cancel: string
}

const en: Words = {
  title: 'Something is wrong with a charge',
  message: (price, payee, item) => `Tell the gateway that something is wrong with the charge of ${price} by ${payee} for ${item}?`,
  sent: 'This is sent, and nothing else:',
  purchase: 'Number of the purchase',
  reason: 'Reason',
  note: 'Your note',
  reasons: {
    notMine: 'I did not buy this',
    notReceived: 'I did not get what I paid for',
    wrongAmount: 'The amount is wrong',
    byMistake: 'I bought it by mistake',
    other: 'Something else',
  },
  effect: 'Nothing is locked by it, and buying goes on. Whether money comes back is decided by the gateway; you will see its answer with the purchase.',
  confirm: 'Send',
  cancel: 'Cancel',
}

const de: Words = {
  title: 'Mit einer Abbuchung stimmt etwas nicht',
  message: (price, payee, item) => `Dem Gateway melden, dass mit der Abbuchung von ${price} durch ${payee} für ${item} etwas nicht stimmt?`,
  sent: 'Das wird gesendet, und sonst nichts:',
  purchase: 'Nummer des Kaufs',
  reason: 'Grund',
  note: 'Deine Notiz',
  reasons: {
    notMine: 'Das habe ich nicht gekauft',
    notReceived: 'Ich habe nicht bekommen, wofür ich bezahlt habe',
    wrongAmount: 'Der Betrag stimmt nicht',
    byMistake: 'Ich habe es aus Versehen gekauft',
    other: 'Etwas anderes',
  },
  effect:
    'Dadurch wird nichts gesperrt, und Kaufen geht weiter. Ob Geld zurückkommt, entscheidet das Gateway; seine Antwort siehst du beim Kauf.',
  confirm: 'Senden',
  cancel: 'Abbrechen',
}

const words: Readonly<Record<Language, Words>> = { en, de }

/** P10: says all that will be sent, word by word. */
export function disputeQuestion({ language, locale }: DisputeStyle, { price, payee, item }: PurchaseRecord, { purchaseId, reason, note }: Said): Question {
  const { title, message, sent, effect, confirm, cancel, ...labels } = words[language]
  const noteLine = note === undefined ? [] : [`${labels.note}: ${note}`]
  const list = [sent, `${labels.purchase}: ${purchaseId}`, `${labels.reason}: ${labels.reasons[reason]}`, ...noteLine]
  const amount = amountIn(locale, price.amount.toString(), price.currency)
  return { title, message: message(amount, payee, item), detail: `${list.join('\n')}\n\n${effect}`, confirm, cancel }
}
