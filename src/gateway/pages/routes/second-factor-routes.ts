import type { Refused } from '../../accounts/identity.ts'
import { type PageRoutes, refusalWords, showFailure, showPage } from '../answers.ts'
import type { PageParts } from '../page-parts.ts'
import type { Failure } from '../parts.ts'
import { readRecoveryCode, readSixDigits } from '../read-fields.ts'
import { readPasskey } from '../read-passkey.ts'
import { finish } from '../sign-in-steps.ts'
import { secondFactorView, type SecondStep } from '../views/sign-in-views.ts'
import { lostView } from '../views/sign-up-views.ts'
import type { Answer, Visit } from '../visit.ts'

type Way = SecondStep['ways'][number]

/** The second factor, where the first was right: every way that the account has, the best one first. */
export function secondFactorRoutes(parts: PageParts): PageRoutes {
  const { identity, outbox } = parts

  function show(visit: Visit, step: SecondStep, way: Way, failure?: { failure: Failure; status: number; waitMs?: number }): Answer {
    const page = secondFactorView(visit, { step, way, failure: failure?.failure ?? null, hasMailbox: outbox !== null })
    return failure ? showFailure(page, failure.status, failure.waitMs) : showPage(page)
  }

  async function send(visit: Visit, step: SecondStep, way: Way & { readonly method: 'sms' | 'email' }): Promise<Answer> {
    const { words, journey, caller } = visit
    const result = await identity.sendSecondFactorCode({ pending: step.pending, method: way.method }, caller)
    if (result.kind !== 'done') return result.kind === 'wrong' ? lost(visit) : show(visit, step, way, refusalWords(words, result, { field: null, text: words.errors.wrongCode }))
    const isAgain = step.sent.includes(way.method)
    const sent: SecondStep = { ...step, sent: [...new Set([...step.sent, way.method])] }
    return { kind: 'goTo', path: `/account/sign-in/second?way=${way.method}`, journey: { ...journey, step: sent, ...(isAgain && { notice: 'codeSent' }) } }
  }

  async function byPasskey(visit: Visit, step: SecondStep, way: Way): Promise<Answer> {
    const { words, fields, caller } = visit
    const answer = readPasskey(fields)
    const refuse = (refused: Refused, text: string) => show(visit, step, way, refusalWords(words, refused, { field: null, text }))
    if (!answer) return refuse({ kind: 'wrong' }, words.buttonNeedsScript)
    const result = await identity.signInWithPasskey({ ...answer, pending: step.pending }, caller)
    return result.kind === 'signedIn' ? finish(parts, visit, result) : refuse(result, words.errors.wrongPasskey)
  }

  async function byCode(visit: Visit, step: SecondStep, method: 'totp' | 'sms' | 'email' | 'recovery', way: Way): Promise<Answer> {
    const { words, fields, caller } = visit
    const isRecovery = method === 'recovery'
    const code = isRecovery ? readRecoveryCode(fields['code']) : readSixDigits(fields['code'])
    const refuse = (refused: Refused, text: string) => show(visit, step, way, refusalWords(words, refused, { field: 'code', text }))
    if (!code) return refuse({ kind: 'wrong' }, isRecovery ? words.errors.recoveryShape : words.errors.codeShape)
    const result = await identity.answerSecondFactor({ pending: step.pending, method, code }, caller)
    if (result.kind === 'signedIn') return finish(parts, visit, result)
    const wrong = { totp: words.errors.wrongAppCode, recovery: words.errors.wrongRecovery, sms: words.errors.wrongCode, email: words.errors.wrongCode }
    return refuse(result, wrong[method])
  }

  async function answer(visit: Visit): Promise<Answer> {
    const { journey, fields } = visit
    const { step } = journey
    const way = step?.kind === 'secondFactor' ? wayOf(step, fields['way']) : undefined
    if (step?.kind !== 'secondFactor' || !way) return lost(visit)
    const { method } = way
    if (method === 'passkey') return byPasskey(visit, step, way)
    if ((method === 'sms' || method === 'email') && fields['send'] !== undefined) return send(visit, step, { ...way, method })
    return byCode(visit, step, method, way)
  }

  return {
    '/account/sign-in/second': {
      get(visit) {
        const { step } = visit.journey
        const way = step?.kind === 'secondFactor' ? wayOf(step, visit.query['way']) : undefined
        return step?.kind === 'secondFactor' && way ? show(visit, step, way) : showPage(lostView(visit))
      },
      post: answer,
    },
  }
}

/** The one that is named, or the best. */
function wayOf({ ways }: SecondStep, method: string | undefined): Way | undefined {
  return ways.find((way) => way.method === method) ?? ways[0]
}

function lost(visit: Visit): Answer {
  return showFailure(lostView(visit), 422)
}
