/**
 * What stores call a kind of transaction, in the languages that their pages have. Own list, compared as columns are: without accents, in
 * lower case. A page in another language is still read by its structure (steam-rows.ts).
 */
import { columnKey } from './column-names.ts'

const words = {
  refund:
    'refund|chargeback|ruckerstattung|erstattung|ruckzahlung|rembours|reembols|rimbors|terugbetaling|zwrot|возврат|iade|退款|払い戻し|환불|visszaterites|vraceni|aterbetalning|refusion|tilbagebetaling|devolucion|estorno',
  topUp:
    'wallet funding|wallet top up|add funds|added funds|wallet credit|funds added|top up|wallet guthaben|guthaben auf|guthabenauf|aufladung|credit porte monnaie|ajout de fonds|fondos|saldo de la cartera|ricarica|credito del portafoglio|пополнение|充值|충전|gift card redemption|code redemption|geschenkkarte eingelost',
  conversion: 'conversion|umrechnung|conversione|转换|conversao|конвертация',
  gift: 'gift|geschenk|cadeau|regalo|presente|prezent|подарок|礼物|ギフト|선물',
  nothing: 'cancelled|canceled|declined|failed|pending|in progress|voided|storniert|abgelehnt|fehlgeschlagen|ausstehend|annule|refuse|en attente|cancelado|rechazado|pendiente|annullato|rifiutato',
} as const

export type TypeWord = keyof typeof words

const lists = new Map<string, readonly string[]>(Object.entries(words).map(([type, list]) => [type, list.split('|').map(columnKey)]))

/** Whether the text says so. What is longer than a label says nothing. */
export function says(type: TypeWord, text: string): boolean {
  if (text === '' || text.length > 100) return false
  const key = columnKey(text)
  return (lists.get(type) ?? []).some((word) => key.includes(word))
}

/** Instead of an amount, for what costs nothing. */
export const isFreeWord = (text: string): boolean => /^(free|free to play|kostenlos|gratis|gratuit|gratuito|bezplatn\p{L}{0,2}|бесплатно|免费|無料|무료)$/iu.test(text.trim().slice(0, 40))
