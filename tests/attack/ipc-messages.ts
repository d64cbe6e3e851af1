/** What is said on the channels: true examples first, and then what somebody makes of them who wants main to stumble. */
import type { Random } from '../crash/random.ts'
import { rightCode } from '../support/fake-gateway-step-up.ts'

/** What an attacker in the page would know by now. */
export interface Known {
  readonly memberIds: readonly string[]
  readonly requestIds: readonly string[]
  readonly changeIds: readonly string[]
  readonly purchaseIds: readonly string[]
  readonly challenge: { readonly challengeId: string; readonly digest: string } | null
  readonly questionId: string
  readonly code: string
}

const offers = ['lamp-oil', 'lamp-oil', 'gems-500', 'season-pass', 'no-such-offer']
const pins = ['2580', '7319', '4826', '9157', '0471', '1234']
const names = ['4242424242424242', 'Emil', 'Ada', 'Zoë Ångström', 'Ａｄａ', 'Аda', 'a\u202Eb', '👩‍👩‍👧', '月兎']
const notes = ['my card: 4242-4242-4242-4242', 'Please', 'too much', '\u200Bquietly', 'café 🎉']
const days = ['2026-03-02', '2024-02-29', '2026-02-31', '2023-02-29', '0000-01-01', '0001-01-01', '9999-12-31', '9998-12-31', '1969-12-31']
const months = ['2026-03', '1999-12', '0000-01', '9998-12', '9999-12']
const noMenus = { from: null, to: null, members: null, sellers: null, lines: null, states: null, kinds: null, currencies: null, sources: null, least: null, most: null }

type Make = (random: Random, known: Known) => unknown

const whose = (random: Random, known: Known) => (random.below(2) === 0 ? {} : { memberId: pickOr(random, known.memberIds, 'member-1') })
const pickOr = (random: Random, items: readonly string[], other: string) => (items.length > 0 ? random.pick(items) : other)
const question = (random: Random) => ({
  text: random.pick(['', 'lamp', 'seller:"Nebelfuchs"', '>1 EUR', '4242 4242 4242 4242', 'Lampenöl 2026', '9999', '0000', '31.12.9999', '0001-01-01..9999-12-31', '30.2.2026', 'dec 9999', '"', ':', '>999999999999999999999 EUR', '-1 EUR', '\uD800']),
  menus: { ...noMenus, ...random.pick<object>([{}, { from: random.pick(days) }, { to: random.pick(days) }, { currencies: ['EUR'] }, { members: [null] }, { least: '0.5' }, { sellers: ['nebelfuchs'] }]) },
  order: { by: random.pick(['at', 'item', 'who', 'payee', 'state', 'receipt', 'amount']), direction: random.pick(['ascending', 'descending']) },
})
function change(random: Random, known: Known) {
  const hours = { weekday: 1 + random.below(7), fromMinute: random.below(1440), toMinute: random.below(1440) }
  return random.pick<object>([
    { kind: 'limit', period: random.pick(['purchase', 'day', 'week', 'month']), sellerId: random.pick([null, 'nebelfuchs']), amount: random.pick([null, '0', '150', '999999999999999']), ...whose(random, known) },
    { kind: 'quietHours', hours: random.pick([[], [hours], [hours, hours]]), ...whose(random, known) },
    { kind: 'zone', zone: random.pick(['Europe/Berlin', 'Pacific/Kiritimati', 'No/Where']) },
    { kind: 'member', memberId: pickOr(random, known.memberIds, 'member-1'), role: random.pick(['removed', 'child', 'teen', 'adult', 'guardian']) },
  ])
}
const mapping = () => ({
  ...{ delimiter: ',', date: 0, dateOrder: 'iso', item: 1, payee: null, decimal: '.', order: null },
  ...{ amount: { kind: 'signed', column: 2, spendingIs: 'positive' }, currency: { code: 'EUR' } },
})
/** Mostly right: whoever is wrong has to wait longer each time, and then nothing would be attacked any more. */
const guardian = (random: Random, known: Known) => ({
  memberId: random.below(6) > 0 ? 'guardian' : pickOr(random, known.memberIds, 'guardian'),
  pin: random.below(6) > 0 ? '2580' : random.pick(pins),
  ...(random.below(8) > 0 && { code: known.code }),
})

/** Right, wrong, and by ways that were and were not offered. */
const stepUp = (random: Random) => ({ method: random.pick(['totp', 'totp', 'email', 'sms', 'recovery']), code: random.pick([rightCode, rightCode, '135791', 'ABCDE-12345']) })

const answered = ({ challenge }: Known) => challenge ?? { challengeId: 'challenge-9', digest: 'd'.repeat(43) }

const nothing: Make = () => undefined
const member: Make = (random, known) => ({ memberId: pickOr(random, known.memberIds, 'member-1') })
const anybody: Make = (random, known) => ({ memberId: random.pick([null, pickOr(random, known.memberIds, 'member-1')]) })
const purchase = (random: Random, known: Known) => pickOr(random, known.purchaseIds, 'purchase-1')
const ofRequest: Make = (random, known) => ({ requestId: pickOr(random, known.requestIds, 'request-1') })
const ofChange: Make = (random, known) => ({ changeId: pickOr(random, known.changeIds, 'change-1') })

const examples: Readonly<Record<string, Make>> = {
  'app.setPreferences': (random) => ({ language: random.pick(['system', 'en', 'de']), theme: random.pick(['dark', 'light']), ...(random.below(2) === 0 && { alone: true }) }),
  'purchase.request': (random) => ({ offerId: random.pick(offers) }),
  'history.search': (random) => ({ question: question(random), offset: random.below(3), limit: 1 + random.below(50) }),
  'history.summary': (random) => ({ question: question(random) }),
  'history.purchase': (random, known) => ({ purchaseId: purchase(random, known) }),
  'disputes.open': (random, known) => ({ purchaseId: purchase(random, known), reason: random.pick(['notMine', 'other']), ...(random.below(2) === 0 && { note: random.pick(notes) }) }),
  'history.export': (random) => ({ format: random.pick(['csv', 'jsonl', 'hledger', 'beancount', 'ofx']), question: random.pick([null, question(random)]) }),
  'statements.months': anybody,
  'statements.get': (random) => ({ month: random.pick(months), memberId: null }),
  'statements.save': (random) => ({ month: random.pick(months), memberId: null, format: random.pick(['pdf', 'html']) }),
  'documents.saveReceipt': (random, known) => ({ purchaseId: purchase(random, known), format: random.pick(['pdf', 'json']) }),
  'views.keep': (random) => ({ address: random.pick(['', '?q=lamp', 'q=%F0%9F%8E%89', '?text=4242+4242+4242+4242']) }),
  'views.save': (random) => ({ name: random.pick(names), address: '?q=lamp' }),
  'views.remove': (random) => ({ name: random.pick(names) }),
  'insight.get': (random) => ({ unit: random.pick(['week', 'month', 'year']), day: random.pick([null, ...days]), whose: random.pick<object>([{ kind: 'everybody' }, { kind: 'member', memberId: null }]), currency: random.pick([null, 'EUR', 'XXX']) }),
  'insight.savePicture': () => ({ x: 0, y: 0, width: 20.5, height: 10 }),
  'imports.choose': (random) => ({ source: random.pick([null, 'steam', 'csv']) }),
  'imports.reread': () => ({ source: 'ofx' }),
  'imports.remap': () => ({ mapping: mapping() }),
  'imports.rows': (random) => ({ offset: random.below(5), limit: random.below(101) }),
  'imports.commit': (random) => ({ memberId: null, counts: random.below(2) === 0 }),
  'imports.undo': () => ({ importId: 'import-1' }),
  'controls.preview': (random, known) => ({ change: change(random, known) }),
  'controls.change': (random, known) => ({ change: change(random, known), ...(random.below(2) === 0 && { household: { zone: 'Europe/Berlin', currency: 'EUR' } }) }),
  'controls.loosen': ofChange,
  'controls.withdrawLoosening': ofChange,
  'controls.setReminder': (random) => ({ after: random.pick([null, 1, 5, 100]) }),
  'exclusion.begin': (random, known) => ({ length: '24hours', ...whose(random, known) }),
  'exclusion.askReturn': (random, known) => whose(random, known),
  'household.setUp': (random) => ({ zone: 'Europe/Berlin', currency: 'EUR', members: [{ name: random.pick(names), role: 'guardian', weeklyCap: null }, { name: 'Kim', role: 'child', weeklyCap: random.pick([null, '500']) }] }),
  'household.addMember': (random) => ({ name: random.pick(names), role: random.pick(['child', 'teen', 'adult', 'guardian']) }),
  'household.rename': (random, known) => ({ memberId: pickOr(random, known.memberIds, 'member-1'), name: random.pick(names) }),
  'household.setPin': member,
  'profiles.open': member,
  'requests.ask': (random) => ({ offerId: random.pick(offers) }),
  'requests.withdraw': ofRequest,
  'requests.answer': (random, known) => ({ requestId: pickOr(random, known.requestIds, 'request-1') }),
  'challenge.approve': (random, known) => ({ ...answered(known), ...(random.below(3) === 0 && { knowsLimit: true }), ...(random.below(3) === 0 && { guardian: guardian(random, known) }), ...(random.below(2) === 0 && { stepUp: stepUp(random) }) }),
  'stepUp.sendCode': (random, known) => ({ askedId: random.pick([answered(known).challengeId, known.questionId]), method: random.pick(['email', 'email', 'sms']) }),
  'challenge.deny': (random, known) => ({ challengeId: answered(known).challengeId, guardian: guardian(random, known), reason: 'notNow', ...(random.below(2) === 0 && { note: random.pick(notes) }) }),
  'challenge.cancel': (_, known) => ({ challengeId: answered(known).challengeId }),
  'question.answer': (random, { questionId, code }) =>
    random.pick<object>([
      { kind: 'pin', questionId, pin: random.pick(pins) },
      { kind: 'consent', questionId, pin: random.pick(pins), code },
      { kind: 'newPin', questionId, pin: '5271' },
      { kind: 'secondFactor', questionId, code: '123456' },
      { kind: 'recoveryCodes', questionId },
      { kind: 'stepUp', questionId, ...stepUp(random) },
    ]),
  'question.cancel': (_, { questionId }) => ({ questionId }),
}

/** Something that belongs on the channel, if not always now. */
export function example(name: string, random: Random, known: Known): unknown {
  return (examples[name] ?? nothing)(random, known)
}

function cyclic(): object {
  const one: Record<string, unknown> = {}
  one['self'] = one
  return one
}
const huge = 'x'.repeat(100_000)
const oddities: readonly (() => unknown)[] = [
  ...[undefined, null, true, false, 0, -0, -1, 1.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 99n].map((value) => () => value),
  ...['', ' ', '0', '1n', '-0', 'NaN', '１２３４', '٣٤٥٦', '__proto__', 'constructor', 'toString', '\u0000', '\uD800', '\u202E', 'a\nb', 'a  b', '../../etc/passwd', huge, `${'a'.repeat(99)}é`].map((value) => () => value),
  ...[[], {}, [null], [[]], { length: 1 }].map((value) => () => structuredClone(value)),
  () => new Date(0),
  () => new Map([['offerId', 'lamp-oil']]),
  () => new Set(['lamp-oil']),
  () => /lamp-oil/,
  () => new Error('lamp-oil'),
  () => new Uint8Array(43),
  () => new String('lamp-oil'),
  () => Object.assign([], { length: 3 }),
  () => Array.from({ length: 2_000 }, () => null),
  cyclic,
]
const strangeKeys = ['extra', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '0', 'length', 'then', 'amount', 'approved']

interface Place {
  readonly holder: Record<string, unknown>
  readonly key: string
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)

/** Every place in a value that something else can be put into; of a long list the first few. */
function placesIn(value: unknown, seen = new Set<unknown>()): Place[] {
  if (!isPlain(value) || seen.has(value)) return []
  seen.add(value)
  const places = Object.keys(value).slice(0, 30).map((key) => ({ holder: value, key }))
  return places.flatMap((place) => [place, ...placesIn(place.holder[place.key], seen)])
}

const put = (holder: object, key: string, value: unknown) => Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
const isRecord = (value: unknown): value is Record<string, unknown> => isPlain(value) && !Array.isArray(value)

function listWithKeysOf(record: Record<string, unknown>): unknown[] {
  const list: unknown[] = []
  for (const [key, value] of Object.entries(record)) if (key !== 'length') put(list, key, value)
  return list
}

/** The same with one thing wrong, or with several. What comes out may be right by chance: the oracle says. */
export function mutated(value: unknown, random: Random): unknown {
  const root = { value: structuredClone(value) }
  const times = 1 + (random.below(4) === 0 ? random.below(3) : 0)
  for (let time = 0; time < times; time += 1) mutateOnce(root, random)
  return root.value
}

function mutateOnce(root: { value: unknown }, random: Random): void {
  const { holder, key } = random.pick(placesIn(root))
  const now = holder[key]
  switch (random.below(7)) {
    case 0:
      return void (holder === root || delete holder[key])
    case 1:
      return void put(holder, key, random.pick(oddities)())
    case 2:
      if (isRecord(now)) return void put(now, random.pick(strangeKeys), random.pick(oddities)())
      return void put(holder, key, [now])
    case 3:
      // A list that carries the keys of the record.
      return void put(holder, key, isRecord(now) ? listWithKeysOf(now) : { value: now })
    case 4:
      if (typeof now === 'string') return void put(holder, key, stretched(now, random))
      return void put(holder, key, typeof now === 'number' ? String(now) : random.pick(oddities)())
    case 5:
      if (isRecord(now)) return void put(now, '__proto__', { knowsLimit: true, isGuardian: true })
      return void put(holder, key, random.pick(oddities)())
    default:
      return void put(holder, key, random.pick(oddities)())
  }
}

function stretched(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  const char = random.pick(['\u0000', '\n', ' ', '\u200B', '\u202E', 'é', '/', '\\', '"', '.', '0', '\uDC00', '％', "'"])
  return random.pick([`${text.slice(0, at)}${char}${text.slice(at)}`, text.slice(0, at), text.repeat(20), text.toUpperCase(), ` ${text}`, `${text}\n`])
}
