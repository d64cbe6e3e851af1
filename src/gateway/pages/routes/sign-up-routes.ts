import { type PageRoutes, refusalWords, showFailure, showPage } from '../answers.ts'
import { html } from '../html.ts'
import type { PageParts } from '../page-parts.ts'
import type { Failure } from '../parts.ts'
import { readEmail, readSixDigits } from '../read-fields.ts'
import { sendAgain } from '../send-again.ts'
import { finish } from '../sign-in-steps.ts'
import { codeView, lostView, signUpView } from '../views/sign-up-views.ts'
import type { Answer, Page, Visit } from '../visit.ts'
import { weakPassword } from '../weak-password.ts'

export function signUpRoutes(parts: PageParts): PageRoutes {
  const { identity, outbox } = parts

  async function signUp(visit: Visit): Promise<Answer> {
    const { words, fields, journey, caller } = visit
    const email = readEmail(fields['email'])
    const again = (failure: Failure) => signUpView(visit, { email: fields['email'], failure })
    if (!email) return showFailure(again({ field: 'email', text: words.errors.email }), 422)
    const password = fields['password'] === '' ? null : (fields['password'] ?? null)
    const result = await identity.signUp({ email, password, proof: fields['proof'] ?? '' }, caller)
    switch (result.kind) {
      case 'codeSent':
        return { kind: 'goTo', path: '/account/sign-up/code', journey: { ...journey, email, step: { kind: 'signUp', pending: result.pending } } }
      case 'weakPassword':
        return showFailure(again(weakPassword(words, result)), 422)
      default: {
        const { failure, status, waitMs } = refusalWords(words, result, { field: null, text: words.errors.wrongSignIn })
        return showFailure(again(failure), status, waitMs)
      }
    }
  }

  function codePage(visit: Visit, failure: Failure | null = null): Page {
    const { code } = visit.words
    const others = html`<p class="aside"><a href="/account/sign-up">${code.otherAddress}</a></p>`
    return codeView(visit, { action: '/account/sign-up/code', sent: code.sentNew(visit.journey.email ?? ''), failure, others, hasMailbox: outbox !== null })
  }

  async function confirm(visit: Visit): Promise<Answer> {
    const { words, fields, journey, caller } = visit
    if (journey.step?.kind !== 'signUp') return showFailure(lostView(visit), 422)
    if (fields['send'] !== undefined) return sendAgain(parts, visit, journey.step.pending, (failure) => codePage(visit, failure))
    const code = readSixDigits(fields['code'])
    if (!code) return showFailure(codePage(visit, { field: 'code', text: words.errors.codeShape }), 422)
    const result = await identity.confirmEmail({ pending: journey.step.pending, code }, caller)
    if (result.kind === 'signedIn') return finish(parts, visit, result, 'welcome')
    const { failure, status, waitMs } = refusalWords(words, result, { field: 'code', text: words.errors.wrongCode })
    return showFailure(codePage(visit, failure), status, waitMs)
  }

  return {
    '/account/sign-up': {
      get: (visit) => (visit.signedIn ? { kind: 'goTo', path: visit.journey.next ?? '/account' } : showPage(signUpView(visit))),
      post: signUp,
    },
    '/account/sign-up/code': { get: (visit) => showPage(visit.journey.step?.kind === 'signUp' ? codePage(visit) : lostView(visit)), post: confirm },
  }
}
