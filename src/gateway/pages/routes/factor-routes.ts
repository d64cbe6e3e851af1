import { type PageRoutes, refusalWords, showFailure, showPage } from '../answers.ts'
import { askAgain, freshMembers, members, typedBefore } from '../members.ts'
import type { PageParts } from '../page-parts.ts'
import type { Failure } from '../parts.ts'
import { readName, readPhone, readSixDigits } from '../read-fields.ts'
import { readPasskey } from '../read-passkey.ts'
import { sendAgain } from '../send-again.ts'
import { addTotpView, newCodesView, recoveryCodesView, removeTotpView } from '../views/factor-views.ts'
import { passkeysView, phoneCodeView, phoneView } from '../views/setting-views.ts'
import { lostView } from '../views/sign-up-views.ts'
import type { Answer, Journey, MemberVisit, NoticeName } from '../visit.ts'

/** Second factors: authenticator app, recovery codes, phone and passkeys. */
export function factorRoutes(parts: PageParts): PageRoutes {
  return { ...totpRoutes(parts), ...recoveryRoutes(parts), ...phoneRoutes(parts), ...passkeyRoutes(parts) }
}

function totpRoutes({ identity }: PageParts): PageRoutes {
  async function show(visit: MemberVisit): Promise<Answer> {
    const { signedIn, journey, sessionId } = visit
    if (signedIn.account.secondFactors.includes('totp')) return showPage(removeTotpView(visit))
    // Loaded once more, it shows the same secret: the app may have scanned it already.
    if (journey.step?.kind === 'totp') return showPage(addTotpView(visit, journey.step))
    const begun = await identity.beginTotp(sessionId)
    if ('kind' in begun) return askAgain(visit)
    return { kind: 'page', page: addTotpView(visit, begun), journey: { step: { kind: 'totp', ...begun } } }
  }

  async function add(visit: MemberVisit): Promise<Answer> {
    const { words, fields, journey, sessionId, caller } = visit
    const { step } = journey
    if (step?.kind !== 'totp') return { kind: 'goTo', path: '/account/authenticator' }
    const code = readSixDigits(fields['code'])
    if (!code) return showFailure(addTotpView(visit, step, { field: 'code', text: words.errors.codeShape }), 422)
    const result = await identity.confirmTotp(sessionId, code, caller)
    if (result.kind === 'added') return afterAdding(result.recoveryCodes, 'totpAdded')
    if (result.kind === 'notFresh') return askAgain(visit)
    const { failure, status, waitMs } = refusalWords(words, result, { field: 'code', text: words.errors.wrongAppCode })
    return showFailure(addTotpView(visit, step, failure), status, waitMs)
  }

  async function remove(visit: MemberVisit): Promise<Answer> {
    const result = await identity.removeTotp(visit.sessionId, visit.caller)
    return result.kind === 'notFresh' ? askAgain(visit) : toAccount({ notice: 'totpRemoved' })
  }

  return { '/account/authenticator': { get: freshMembers(show), post: members((visit) => (visit.fields['way'] === 'remove' ? remove(visit) : add(visit))) } }
}

function recoveryRoutes({ identity }: PageParts): PageRoutes {
  async function answer(visit: MemberVisit): Promise<Answer> {
    if (visit.fields['way'] === 'kept') return toAccount({ notice: 'codesKept' })
    const result = await identity.newRecoveryCodes(visit.sessionId, visit.caller)
    return result.kind === 'notFresh' ? askAgain(visit) : afterAdding(result.recoveryCodes, 'codesKept')
  }

  return {
    '/account/recovery-codes': {
      get: members((visit) => {
        const { step } = visit.journey
        if (step?.kind === 'recoveryCodes') return showPage(recoveryCodesView(visit, step.codes))
        return visit.signedIn.isFresh ? showPage(newCodesView(visit)) : askAgain(visit)
      }),
      post: members(answer),
    },
  }
}

function phoneRoutes(parts: PageParts): PageRoutes {
  const { identity, outbox } = parts

  async function change(visit: MemberVisit): Promise<Answer> {
    const { words, fields, sessionId, caller } = visit
    if (fields['way'] === 'remove') {
      const removed = await identity.removePhone(sessionId, caller)
      return removed.kind === 'notFresh' ? askAgain(visit) : toAccount({ notice: 'phoneRemoved' })
    }
    const phone = readPhone(fields['phone'])
    if (!phone) return showFailure(phoneView(visit, fields['phone'], { field: 'phone', text: words.errors.phone }), 422)
    const result = await identity.beginPhone(sessionId, phone, caller)
    if (result.kind === 'codeSent') return { kind: 'goTo', path: '/account/phone/code', journey: { step: { kind: 'phone', pending: result.pending, phone } } }
    if (result.kind === 'notFresh') return askAgain(visit)
    const { failure, status, waitMs } = refusalWords(words, result, { field: 'phone', text: words.errors.phone })
    return showFailure(phoneView(visit, fields['phone'], failure), status, waitMs)
  }

  async function confirm(visit: MemberVisit): Promise<Answer> {
    const { words, fields, journey, sessionId, caller } = visit
    const { step } = journey
    if (step?.kind !== 'phone') return showFailure(lostView(visit), 422)
    const page = (failure: Failure) => phoneCodeView(visit, step.phone, outbox !== null, failure)
    if (fields['send'] !== undefined) return sendAgain(parts, visit, step.pending, page)
    const code = readSixDigits(fields['code'])
    if (!code) return showFailure(page({ field: 'code', text: words.errors.codeShape }), 422)
    const result = await identity.confirmPhone(sessionId, { pending: step.pending, code }, caller)
    if (result.kind === 'added') return afterAdding(result.recoveryCodes, 'phoneSaved')
    if (result.kind === 'notFresh') return askAgain(visit)
    const { failure, status, waitMs } = refusalWords(words, result, { field: 'code', text: words.errors.wrongCode })
    return showFailure(page(failure), status, waitMs)
  }

  return {
    '/account/phone': { get: freshMembers((visit) => showPage(phoneView(visit, typedBefore(visit, 'phone')))), post: members(change) },
    '/account/phone/code': {
      get: members((visit) => {
        const { step } = visit.journey
        return step?.kind === 'phone' ? showPage(phoneCodeView(visit, step.phone, outbox !== null)) : { kind: 'goTo', path: '/account/phone' }
      }),
      post: members(confirm),
    },
  }
}

function passkeyRoutes({ identity }: PageParts): PageRoutes {
  async function add(visit: MemberVisit): Promise<Answer> {
    const { words, fields, sessionId, caller } = visit
    if (!visit.signedIn.isFresh) return askAgain(visit)
    const name = readName(fields['name'])
    const refuse = (field: string | null, text: string) => showFailure(passkeysView(visit, fields['name'], { field, text }), 422)
    if (name === undefined) return refuse('name', words.errors.name)
    const answer = readPasskey(fields)
    if (!answer) return refuse(null, words.buttonNeedsScript)
    const result = await identity.confirmPasskey(sessionId, { ...answer, name: name ?? words.passkeys.defaultName }, caller)
    if (result.kind === 'added') return afterAdding(result.recoveryCodes, 'passkeyAdded')
    if (result.kind === 'notFresh') return askAgain(visit)
    const { failure, status, waitMs } = refusalWords(words, result, { field: null, text: words.errors.wrongPasskey })
    return showFailure(passkeysView(visit, fields['name'], failure), status, waitMs)
  }

  async function change(visit: MemberVisit): Promise<Answer> {
    const { passkeyId } = visit.fields
    if (passkeyId === undefined) return add(visit)
    const result = await identity.removePasskey(visit.sessionId, passkeyId, visit.caller)
    return result.kind === 'notFresh' ? askAgain(visit) : { kind: 'goTo', path: '/account/passkeys', journey: { notice: 'passkeyRemoved' } }
  }

  return { '/account/passkeys': { get: freshMembers((visit) => showPage(passkeysView(visit, typedBefore(visit, 'name')))), post: members(change) } }
}

/** With the first second factor come recovery codes, which stay until the person says that they have put them away. */
function afterAdding(recoveryCodes: readonly string[], notice: NoticeName): Answer {
  if (recoveryCodes.length === 0) return toAccount({ notice })
  return { kind: 'goTo', path: '/account/recovery-codes', journey: { notice, step: { kind: 'recoveryCodes', codes: recoveryCodes } } }
}

function toAccount(journey: Journey): Answer {
  return { kind: 'goTo', path: '/account', journey }
}
