/** For each call of both bridges: what may be said, and examples of it. */
import * as s from './oracle-shapes.ts'

const memberId = { memberId: s.id }
const limit = { period: s.literal('purchase', 'day', 'week', 'month'), sellerId: s.orNull(s.id) }
const hours = s.record({ weekday: s.whole(1, 7), fromMinute: s.whole(0, 1439), toMinute: s.whole(0, 1439) })
const role = s.literal('child', 'teen', 'adult', 'guardian')
const level = s.literal('off', 'rarely', 'usual', 'often')
const change = s.either(
  s.record({ kind: s.literal('limit'), ...limit, amount: s.orNull(s.cap) }, memberId),
  s.record({ kind: s.literal('quietHours'), hours: s.list(hours, 0, 28) }, memberId),
  s.record({ kind: s.literal('zone'), zone: s.zone }),
  s.record({ kind: s.literal('monitoring'), takeover: level, burst: level }, memberId),
  s.record({ kind: s.literal('member'), memberId: s.id, role: s.literal('removed', 'child', 'teen', 'adult', 'guardian') }),
)
const household = s.record({ zone: s.zone, currency: s.currency })
const guardian = s.record({ memberId: s.id, pin: s.pin }, { code: s.code })
const stepUp = { method: s.literal('totp', 'sms', 'email', 'recovery'), code: s.accountCode }
const note = s.withoutCanary(s.line(140))
const newName = s.withoutCanary(s.line(40))

const many = (shape: s.Shape) => s.orNull(s.list(shape, 1, 200))
const menus = s.record({
  from: s.orNull(s.day),
  to: s.orNull(s.day),
  members: many(s.orNull(s.id)),
  sellers: many(s.id),
  lines: many(s.literal('charge', 'refund', 'chargeback', 'chargebackReversal', 'pending', 'notCharged')),
  states: many(s.literal('approved', 'unknown', 'succeeded', 'partlyRefunded', 'refunded', 'chargedBack', 'declined', 'voided')),
  kinds: many(s.literal('item', 'pass', 'bundle')),
  currencies: many(s.currency),
  sources: many(s.literal('tuppence', 'steam', 'googlePlay', 'playStation', 'xbox', 'csv', 'ofx')),
  least: s.orNull(s.decimal),
  most: s.orNull(s.decimal),
})
const question = s.record({
  text: s.anyText(200),
  menus,
  order: s.record({ by: s.literal('at', 'item', 'who', 'payee', 'state', 'receipt', 'amount'), direction: s.literal('ascending', 'descending') }),
})
const column = s.whole(0, 999)
const mapping = s.record({
  delimiter: s.literal(',', ';', '\t', '|'),
  date: column,
  dateOrder: s.literal('iso', 'dayFirst', 'monthFirst'),
  item: column,
  payee: s.orNull(column),
  amount: s.either(
    s.record({ kind: s.literal('signed'), column, spendingIs: s.literal('positive', 'negative') }),
    s.record({ kind: s.literal('split'), debit: column, credit: column }),
  ),
  decimal: s.literal(',', '.'),
  currency: s.either(s.record({ column }), s.record({ code: s.currency })),
  order: s.orNull(column),
})
const source = s.literal('steam', 'googlePlay', 'playStation', 'xbox', 'csv', 'ofx')
const pixel = s.real(0, 10_000)
const nothingAsked = s.nothing

/** Of the launcher. A call that is not here is none: the suite fails for a contract with other calls. */
export const launcherOracle: Readonly<Record<string, s.Shape>> = {
  'app.status': nothingAsked,
  'app.retry': nothingAsked,
  'app.setPreferences': s.record({ language: s.literal('system', 'en', 'de'), theme: s.literal('dark', 'light') }, { alone: s.literal(true) }),
  'catalogue.list': nothingAsked,
  'purchase.request': s.record({ offerId: s.id }),
  'purchase.settle': nothingAsked,
  'purchase.latest': nothingAsked,
  'history.search': s.record({ question, offset: s.whole(0, Number.MAX_SAFE_INTEGER), limit: s.whole(0, 200) }),
  'history.summary': s.record({ question }),
  'history.facets': nothingAsked,
  'history.purchase': s.record({ purchaseId: s.id }),
  'disputes.open': s.record({ purchaseId: s.id, reason: s.literal('notMine', 'notReceived', 'wrongAmount', 'byMistake', 'other') }, { note }),
  'history.export': s.record({ format: s.literal('csv', 'jsonl', 'hledger', 'beancount', 'ofx'), question: s.orNull(question) }),
  'history.cancelExport': nothingAsked,
  'statements.months': s.record({ memberId: s.orNull(s.id) }),
  'statements.get': s.record({ month: s.month, memberId: s.orNull(s.id) }),
  'statements.save': s.record({ month: s.month, memberId: s.orNull(s.id), format: s.literal('pdf', 'html') }),
  'statements.cancelSave': nothingAsked,
  'documents.saveReceipt': s.record({ purchaseId: s.id, format: s.literal('pdf', 'json') }),
  'views.get': nothingAsked,
  'views.keep': s.record({ address: s.withoutCanary(s.address) }),
  'views.save': s.record({ name: s.withoutCanary(s.line(60)), address: s.withoutCanary(s.address) }),
  'views.remove': s.record({ name: s.line(60) }),
  'insight.get': s.record({
    unit: s.literal('week', 'month', 'year'),
    day: s.orNull(s.inhabitedDay),
    whose: s.either(s.record({ kind: s.literal('everybody') }), s.record({ kind: s.literal('member'), memberId: s.orNull(s.id) })),
    currency: s.orNull(s.currency),
  }),
  'insight.savePicture': s.record({ x: pixel, y: pixel, width: pixel, height: pixel }),
  'imports.choose': s.record({ source: s.orNull(source) }),
  'imports.reread': s.record({ source }),
  'imports.remap': s.record({ mapping }),
  'imports.rows': s.record({ offset: s.whole(0, Number.MAX_SAFE_INTEGER), limit: s.whole(0, 100) }),
  'imports.commit': s.record({ memberId: s.orNull(s.id), counts: s.bool }),
  'imports.cancel': nothingAsked,
  'imports.list': nothingAsked,
  'imports.undo': s.record({ importId: s.id }),
  'controls.get': nothingAsked,
  'controls.preview': s.record({ change }),
  'controls.change': s.record({ change }, { household }),
  'controls.loosen': s.record({ changeId: s.id }),
  'controls.withdrawLoosening': s.record({ changeId: s.id }),
  'controls.setReminder': s.record({ after: s.orNull(s.whole(1, 100)) }),
  'exclusion.begin': s.record({ length: s.literal('24hours', '7days', '30days', '6months', '1year', '5years') }, memberId),
  'exclusion.askReturn': s.record({}, memberId),
  'household.get': nothingAsked,
  'household.setUp': s.record({
    zone: s.zone,
    currency: s.currency,
    members: s.list(s.record({ name: newName, role, weeklyCap: s.orNull(s.cap) }), 1, 20),
  }),
  'household.addMember': s.record({ name: newName, role }),
  'household.rename': s.record({ memberId: s.id, name: newName }),
  'household.setPin': s.record({ memberId: s.id }),
  'household.setSecondFactor': nothingAsked,
  'profiles.open': s.record({ memberId: s.id }),
  'profiles.lock': nothingAsked,
  'profiles.touch': nothingAsked,
  'family.get': nothingAsked,
  'requests.ask': s.record({ offerId: s.id }),
  'requests.withdraw': s.record({ requestId: s.id }),
  'requests.answer': s.record({ requestId: s.id }),
  'posture.get': nothingAsked,
  'posture.save': s.record({ format: s.literal('pdf', 'json') }),
  'account.get': nothingAsked,
  'account.signIn': nothingAsked,
  'account.cancelSignIn': nothingAsked,
  'account.openPage': s.record({ page: s.literal('signIn', 'settings') }),
  'account.signOut': nothingAsked,
  'account.devices': nothingAsked,
  'account.signOutDevice': s.record({ sessionId: s.id }),
  'account.signOutEverywhere': nothingAsked,
  'kiosk.get': nothingAsked,
  'kiosk.touch': nothingAsked,
  'kiosk.here': nothingAsked,
  'kiosk.finish': nothingAsked,
  'kiosk.begin': nothingAsked,
  'kiosk.leave': nothingAsked,
  'kiosk.setPin': nothingAsked,
  'monitoring.get': nothingAsked,
  'monitoring.answer': s.record({ purchaseId: s.id, answer: s.literal('me', 'notMe') }),
  'monitoring.thaw': s.record({}, memberId),
  'ledger.care': nothingAsked,
  'ledger.verify': nothingAsked,
  'ledger.reconcile': nothingAsked,
  'ledger.backUp': nothingAsked,
  'ledger.diagnose': nothingAsked,
  'ledger.repair': nothingAsked,
}

export const confirmOracle: Readonly<Record<string, s.Shape>> = {
  'challenge.get': nothingAsked,
  'challenge.approve': s.record({ challengeId: s.id, digest: s.digest }, { knowsLimit: s.literal(true), guardian, buyer: guardian, stepUp: s.record(stepUp) }),
  'challenge.notMe': s.record({ challengeId: s.id }),
  'challenge.deny': s.record(
    { challengeId: s.id, guardian, reason: s.literal('notNow', 'tooMuch', 'spentEnough', 'notForYou', 'talkFirst') },
    { note },
  ),
  'challenge.cancel': s.record({ challengeId: s.id }),
  'question.answer': s.either(
    s.record({ kind: s.literal('consent', 'pin'), questionId: s.id, pin: s.pin }, { code: s.code }),
    s.record({ kind: s.literal('newPin'), questionId: s.id, pin: s.pin }),
    s.record({ kind: s.literal('secondFactor'), questionId: s.id, code: s.sixDigits }),
    s.record({ kind: s.literal('recoveryCodes'), questionId: s.id }),
    s.record({ kind: s.literal('stepUp'), questionId: s.id, ...stepUp }),
  ),
  'stepUp.sendCode': s.record({ askedId: s.id, method: s.literal('sms', 'email') }),
  'question.cancel': s.record({ questionId: s.id }),
  'window.touch': nothingAsked,
}
