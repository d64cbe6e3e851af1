/**
 * What columns are called, in English, German, French, Spanish and Italian: our own list of the words that exports of shops and banks
 * head them with. Without accents, in lower case, everything else but letters and digits a space. Earlier names are the better ones.
 */
import { nameKey } from '../../../domain/imports/month-names.ts'

export type Role =
  | 'date'
  | 'item'
  | 'payee'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'currency'
  | 'order'
  | 'type'
  | 'status'
  | 'paidWith'
  | 'game'
  | 'reference'
  | 'walletChange'

export const columnKey = (name: string): string => nameKey(name).replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()

const names: Readonly<Record<Role, string>> = {
  walletChange: 'wallet change|change|wallet anderung|guthabenanderung',
  debit: 'debit|debit amount|money out|paid out|withdrawal|withdrawals|soll|ausgabe|ausgaben|belastung|lastschrift|debito|debe|cargo|cargos|uscite|dare|depenses',
  credit: 'credit|credit amount|money in|paid in|deposit|deposits|haben|einnahme|einnahmen|gutschrift|credito|haber|abono|abonos|entrate|avere|recettes',
  date: 'purchase date|order date|transaction date|date|date time|datetime|completed date|booking date|posted date|posting date|value date|purchased on|ordered on|started date|created|creation time|created at|timestamp|time|datum|kaufdatum|bestelldatum|buchungstag|buchungsdatum|transaktionsdatum|datum uhrzeit|wertstellung|zeitpunkt|date d achat|date de commande|date de transaction|date de l operation|date operation|fecha|fecha de compra|fecha de la compra|fecha del pedido|fecha de transaccion|data|data acquisto|data ordine|data operazione',
  amount: 'total|order total|total price|total amount|total paid|amount paid|charged|amount|transaction amount|net amount|sum|price|cost|value|gesamt|gesamtbetrag|gesamtpreis|gesamtsumme|betrag|summe|umsatz|preis|wert|montant|montant total|total ttc|prix|prix total|importe|importe total|monto|precio|importo|totale|prezzo|bedrag',
  currency: 'currency|currency code|ccy|wahrung|waehrung|devise|monnaie|moneda|divisa|valuta',
  item: 'item|items|product name|product|product title|item name|title|article|item description|description|name|details|artikel|produkt|produktname|artikelname|bezeichnung|beschreibung|titel|verwendungszweck|buchungstext|article achete|produit|designation|libelle|nom|articulo|producto|descripcion|concepto|nombre|articolo|prodotto|descrizione|causale|nome|memo|purpose|narration|particulars',
  payee: 'payee|merchant|merchant name|seller|store|shop|vendor|recipient|counterparty|empfanger|empfaenger|handler|haendler|verkaufer|zahlungsempfanger|auftraggeber empfanger|beguenstigter zahlungspflichtiger|name zahlungsbeteiligter|commercant|marchand|beneficiaire|vendeur|boutique|comerciante|comercio|beneficiario|vendedor|tienda|esercente|negozio|venditore|developer|publisher',
  order: 'order number|order id|order no|order|transaction id|transaction number|transaction no|receipt|receipt number|invoice number|invoice|bestellnummer|bestell nr|auftragsnummer|transaktionsnummer|transaktions id|transaktionscode|belegnummer|rechnungsnummer|numero de commande|n de commande|commande|numero de transaction|numero de pedido|pedido|id de transaccion|numero ordine|ordine|id transazione|id|reference number',
  type: 'type|transaction type|transaction|activity|typ|art|transaktionsart|transaktionstyp|type de transaction|tipo|tipo de transaccion|tipo transazione|line|kind',
  status: 'status|order status|state|bestellstatus|statut|etat|estado|stato',
  paidWith: 'payment method|paid with|payment|payment type|payment instrument|funding source|zahlungsart|zahlungsmethode|zahlungsmittel|bezahlt mit|mode de paiement|moyen de paiement|metodo de pago|forma de pago|metodo di pagamento',
  game: 'game|game title|app|spiel|jeu|juego|gioco',
  reference: 'reference|refund id|refund number|referenz|referencia|riferimento',
}

export type Columns = Readonly<Partial<Record<Role, number>>>

/** The columns of a header, each for one role at most; earlier roles of the list choose first. */
export function columnsOf(header: readonly string[]): Columns {
  const keys = header.map(columnKey)
  const taken = new Set<number>()
  const found: Partial<Record<Role, number>> = {}
  for (const [role, list] of Object.entries(names) as [Role, string][]) {
    for (const name of list.split('|')) {
      const at = keys.findIndex((key, index) => key === name && !taken.has(index))
      if (at < 0) continue
      found[role] = at
      taken.add(at)
      break
    }
  }
  return found
}

/**
 * The row that names the columns, among the first of a file: banks put lines about the account before it. -1 for a file without.
 * `isData` says whether a row could be one of the transactions.
 */
export function headerRow(records: readonly (readonly string[])[], isData: (record: readonly string[]) => boolean): number {
  const first = records.slice(0, 25)
  const named = first.findIndex((record) => {
    const found = columnsOf(record)
    return found.date !== undefined && (found.amount !== undefined || found.debit !== undefined || found.item !== undefined)
  })
  if (named >= 0) return named
  return first.length > 0 && !isData(first[0] ?? []) && !/\d/.test((first[0] ?? []).join('')) ? 0 : -1
}
