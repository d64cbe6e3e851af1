import type { Refused } from '../../accounts/identity.ts'
import { type PageRoutes, refusalWords, showFailure, showPage } from '../answers.ts'
import { html } from '../html.ts'
import type { PageParts } from '../page-parts.ts'
import type { Failure } from '../parts.ts'
import { readPasskey } from '../read-passkey.ts'
import { readEmail, readSixDigits } from '../read-fields.ts'
import { sendAgain } from '../send-again.ts'
import { afterFirstFactor, finish, isRefused } from '../sign-in-steps.ts'
import { signInView } from '../views/sign-in-views.ts'
import { codeView, lostView } from '../views/sign-up-views.ts'
import type { Answer, Page, Visit } from '../visit.ts'

export function signInRoutes(parts: PageParts): PageRoutes {
  const { identity, outbox } = parts

  function refuse(visit: Visit, refused: Refused, wrong: Failure): Answer {
    const { failure, status, waitMs } = refusalWords(visit.words, refused, wrong)
    const needsProof = refused.kind === 'proofWanted' || visit.fields['proof'] !== undefined
    const said = refused.kind === 'proofWanted' && !visit.fields['proof'] ? { ...failure, text: visit.words.proof.wantedNow } : failure
    return showFailure(signInView(visit, { email: visit.fields['email'], failure: said, needsProof }), status, waitMs)
  }

  async function byPassword(visit: Visit, email: string): Promise<Answer> {
    const { words, fields, caller } = visit
    const password = fields['password'] ?? ''
    if (password === '') return refuse(visit, { kind: 'wrong' }, { field: 'password', text: words.errors.passwordMissing })
    const result = await afterFirstFactor(parts, visit, await identity.signInWithPassword({ email, password, proof: fields['proof'] || null }, caller))
    return isRefused(result) ? refuse(visit, result, { field: null, text: words.errors.wrongSignIn }) : result
  }

  async function sendCode(visit: Visit, email: string): Promise<Answer> {
    const { words, fields, journey, caller } = visit
    const result = await identity.sendSignInCode({ email, proof: fields['proof'] || null }, caller)
    if (result.kind !== 'codeSent') return refuse(visit, result, { field: null, text: words.errors.wrongSignIn })
    return { kind: 'goTo', path: '/account/sign-in/code', journey: { ...journey, email, step: { kind: 'signInCode', pending: result.pending } } }
  }

  async function byPasskey(visit: Visit): Promise<Answer> {
    const { words, fields, caller } = visit
    const answer = readPasskey(fields)
    if (!answer) return refuse(visit, { kind: 'wrong' }, { field: null, text: words.buttonNeedsScript })
    const result = await identity.signInWithPasskey({ ...answer, pending: null }, caller)
    return result.kind === 'signedIn' ? finish(parts, visit, result) : refuse(visit, result, { field: null, text: words.errors.wrongPasskey })
  }

  async function signIn(visit: Visit): Promise<Answer> {
    if (visit.fields['way'] === 'passkey') return byPasskey(visit)
    const email = readEmail(visit.fields['email'])
    if (!email) return refuse(visit, { kind: 'wrong' }, { field: 'email', text: visit.words.errors.email })
    const journeyed = { ...visit, journey: { ...visit.journey, email } }
    return visit.fields['way'] === 'code' ? sendCode(journeyed, email) : byPassword(journeyed, email)
  }

  function codePage(visit: Visit, failure: Failure | null = null): Page {
    const { code } = visit.words
    const others = html`<p class="aside"><a href="/account/sign-in">${code.otherAddress}</a></p>`
    return codeView(visit, { action: '/account/sign-in/code', sent: code.sentIfKnown(visit.journey.email ?? ''), failure, others, hasMailbox: outbox !== null })
  }

  async function byCode(visit: Visit): Promise<Answer> {
    const { words, fields, journey, caller } = visit
    if (journey.step?.kind !== 'signInCode') return showFailure(lostView(visit), 422)
    if (fields['send'] !== undefined) return sendAgain(parts, visit, journey.step.pending, (failure) => codePage(visit, failure))
    const code = readSixDigits(fields['code'])
    if (!code) return showFailure(codePage(visit, { field: 'code', text: words.errors.codeShape }), 422)
    const result = await afterFirstFactor(parts, visit, await identity.signInWithCode({ pending: journey.step.pending, code }, caller))
    if (!isRefused(result)) return result
    const { failure, status, waitMs } = refusalWords(words, result, { field: 'code', text: words.errors.wrongCode })
    return showFailure(codePage(visit, failure), status, waitMs)
  }

  return {
    '/account/sign-in': {
      get: (visit) => (visit.signedIn ? { kind: 'goTo', path: visit.journey.next ?? '/account' } : showPage(signInView(visit))),
      post: signIn,
    },
    '/account/sign-in/code': { get: (visit) => showPage(visit.journey.step?.kind === 'signInCode' ? codePage(visit) : lostView(visit)), post: byCode },
    '/account/sign-out': {
      get: () => ({ kind: 'goTo', path: '/account' }),
      async post({ sessionId, signedIn, caller }) {
        if (signedIn) await identity.signOut(sessionId, caller)
        return { kind: 'goTo', path: '/account/sign-in', session: null, journey: { notice: 'signedOut' } }
      },
    },
  }
}
