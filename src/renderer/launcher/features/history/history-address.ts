/**
 * A question about the history as text for the address and for keeping: `text=wolf&from=2026-10-01&seller=s1&sort=amount.descending`.
 * What says nothing, or nothing that is known, is left out.
 */
import type { HistoryMenus, HistoryOrderView, HistoryQuestionView } from '../../../../contract/ipc/history.ts'
import { newestFirst } from './question.ts'

type Lists = Pick<HistoryMenus, 'members' | 'sellers' | 'lines' | 'states' | 'kinds' | 'currencies' | 'sources'>
type ValueOf<N extends keyof Lists> = NonNullable<Lists[N]>[number]

const isId = (text: string) => /^[A-Za-z0-9._:-]{1,100}$/.test(text)
const oneOf = <T extends string>(...values: readonly T[]) => (text: string): T | undefined => values.find((value) => value === text)
const when = (fits: (text: string) => boolean) => (text: string): string | undefined => (fits(text) ? text : undefined)

/** By which name each list is in the address, and what may stand there. */
const lists: { readonly [N in keyof Lists]: { readonly name: string; readonly read: (text: string) => ValueOf<N> | undefined } } = {
  // Empty is nobody's profile.
  members: { name: 'member', read: (text) => (text === '' ? null : isId(text) ? text : undefined) },
  sellers: { name: 'seller', read: when(isId) },
  lines: { name: 'line', read: oneOf('charge', 'refund', 'chargeback', 'chargebackReversal', 'pending', 'notCharged') },
  states: {
    name: 'state',
    read: oneOf('approved', 'unknown', 'succeeded', 'partlyRefunded', 'refunded', 'chargedBack', 'declined', 'voided'),
  },
  kinds: { name: 'kind', read: oneOf('item', 'pass', 'bundle') },
  currencies: { name: 'currency', read: when((text) => /^[A-Z]{3}$/.test(text)) },
  sources: { name: 'source', read: oneOf('tuppence', 'steam', 'googlePlay', 'playStation', 'xbox', 'csv', 'ofx') },
}
const listNames = Object.keys(lists) as readonly (keyof Lists)[]
const columns = oneOf('at', 'item', 'who', 'payee', 'state', 'receipt', 'amount')
const directions = oneOf('ascending', 'descending')

/** As much as main takes. */
const longestText = 200
const longestList = 200
const longestAddress = 8_000

export function addressOf({ text, menus, order }: HistoryQuestionView): string {
  const params = new URLSearchParams()
  if (text.trim() !== '') params.set('text', text)
  for (const name of ['from', 'to', 'least', 'most'] as const) if (menus[name] !== null) params.set(name, menus[name])
  for (const name of listNames) for (const value of menus[name] ?? []) params.append(lists[name].name, value ?? '')
  if (order.by !== newestFirst.by || order.direction !== newestFirst.direction) params.set('sort', `${order.by}.${order.direction}`)
  return params.toString()
}

export function questionAt(address: string): HistoryQuestionView {
  const params = new URLSearchParams(address.slice(0, longestAddress))
  const fitting = (name: string, fits: (text: string) => boolean) => {
    const text = params.get(name)
    return text !== null && fits(text) ? text : null
  }
  return {
    text: (params.get('text') ?? '').slice(0, longestText),
    menus: {
      from: fitting('from', isDay),
      to: fitting('to', isDay),
      least: fitting('least', isDecimal),
      most: fitting('most', isDecimal),
      ...listsIn(params),
    },
    order: orderIn(params.get('sort')),
  }
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
}

const isDecimal = (text: string) => /^\d{1,15}(\.\d{1,4})?$/.test(text)

function listsIn(params: URLSearchParams): Lists {
  const values = <N extends keyof Lists>(list: N): ValueOf<N>[] | null => {
    const { name, read } = lists[list]
    const known = [...new Set(params.getAll(name))].map(read).filter((value) => value !== undefined)
    return known.length === 0 ? null : known.slice(0, longestList)
  }
  return {
    members: values('members'),
    sellers: values('sellers'),
    lines: values('lines'),
    states: values('states'),
    kinds: values('kinds'),
    currencies: values('currencies'),
    sources: values('sources'),
  }
}

function orderIn(sort: string | null): HistoryOrderView {
  const [by, direction] = (sort ?? '').split('.')
  const column = columns(by ?? '')
  const way = directions(direction ?? '')
  return column && way ? { by: column, direction: way } : newestFirst
}
