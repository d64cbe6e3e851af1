import { type Html, html } from '../html.ts'
import { button, codeField, type Failure, failureBanner, field, form, linkButton, mailboxLink, proofField, sendAgainForm } from '../parts.ts'
import { userCodeOf } from '../user-code.ts'
import type { Page, Visit } from '../visit.ts'

interface Typed {
  readonly email?: string | undefined
  readonly failure?: Failure | null
}

export function signUpView(visit: Visit, { email, failure = null }: Typed = {}): Page {
  const { words, journey } = visit
  const { signUp, device } = words
  const userCode = userCodeOf(journey.next)
  return {
    title: signUp.title,
    body: html`<p class="lead">${userCode ? device.signUpFirst(userCode) : signUp.lead}</p>
      ${failureBanner(words, failure)}
      ${form(visit, {
        action: '/account/sign-up',
        enhance: html`data-once`,
        body: html`${field({ name: 'email', label: signUp.email, type: 'email', value: email ?? journey.email, autocomplete: 'username', maxLength: 254, isRequired: true, failure, takesFocus: true })}
          ${field({ name: 'password', label: signUp.password, type: 'password', hint: signUp.passwordHint, autocomplete: 'new-password', maxLength: 200, failure })}
          ${proofField(words, { startsAtOnce: failure !== null })}
          ${button(signUp.submit, { look: 'answer' })}`,
      })}
      <p class="aside">${signUp.have} <a href="/account/sign-in">${signUp.signIn}</a></p>`,
  }
}

interface CodeParts {
  readonly action: string
  readonly sent: string
  readonly failure?: Failure | null
  /** Where another code, or another address, is to be had. */
  readonly others: Html
  readonly hasMailbox: boolean
}

/** Six digits that were sent to somebody. */
export function codeView(visit: Visit, { action, sent, failure = null, others, hasMailbox }: CodeParts): Page {
  const { words } = visit
  return {
    title: words.code.title,
    body: html`<p class="lead">${sent}</p>
      ${failureBanner(words, failure)}
      ${form(visit, { action, enhance: html`data-once`, body: html`${codeField(words.code.label, failure)}${button(words.code.submit, { look: 'answer' })}` })}
      ${mailboxLink(words, hasMailbox)}
      <p class="hint">${words.code.spam}</p>
      ${sendAgainForm(visit, action)}
      ${others}`,
  }
}

/** Somebody whose place is not known any more. */
export function lostView({ words: { code } }: Visit): Page {
  return {
    title: code.lostTitle,
    body: html`<p class="lead">${code.lost}</p>
      <div class="stack">${linkButton(code.lostSignUp, '/account/sign-up')}${linkButton(code.lostSignIn, '/account/sign-in')}</div>`,
  }
}
