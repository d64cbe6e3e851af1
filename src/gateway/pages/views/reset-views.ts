import { html } from '../html.ts'
import { button, type Failure, failureBanner, field, form, linkButton, mailboxLink, proofField } from '../parts.ts'
import type { Page, Visit } from '../visit.ts'

export function forgottenView(visit: Visit, { email, failure = null }: { readonly email?: string | undefined; readonly failure?: Failure | null } = {}): Page {
  const { words, journey } = visit
  const { reset } = words
  return {
    title: reset.title,
    body: html`<p class="lead">${reset.lead}</p>
      ${failureBanner(words, failure)}
      ${form(visit, {
        action: '/account/forgotten',
        enhance: html`data-once`,
        body: html`${field({ name: 'email', label: reset.email, type: 'email', value: email ?? journey.email, autocomplete: 'username', maxLength: 254, isRequired: true, failure, takesFocus: true })}
          ${proofField(words, { startsAtOnce: failure !== null })}${button(reset.submit, { look: 'answer' })}`,
      })}
      <p class="aside"><a href="/account/sign-in">${words.signIn.withPassword}</a></p>`,
  }
}

export function resetSentView({ words, journey }: Visit, hasMailbox: boolean): Page {
  const { reset } = words
  return {
    title: reset.sentTitle,
    body: html`<p class="lead">${reset.sent(journey.email ?? '')}</p>${mailboxLink(words, hasMailbox)}
      <p>${reset.sentAdvice}</p>${linkButton(words.signIn.title, '/account/sign-in')}`,
  }
}

export function newPasswordView(visit: Visit, failure: Failure | null = null): Page {
  const { reset } = visit.words
  return {
    title: reset.newTitle,
    body: html`${failureBanner(visit.words, failure)}
      ${form(visit, {
        action: '/account/reset',
        enhance: html`data-once`,
        body: html`${field({ name: 'password', label: reset.newPassword, type: 'password', hint: reset.newHint, autocomplete: 'new-password', maxLength: 200, isRequired: true, failure, takesFocus: true })}
          ${button(reset.submitNew, { look: 'answer' })}`,
      })}`,
  }
}

export function linkGoneView({ words: { reset } }: Visit): Page {
  return { title: reset.linkGoneTitle, body: html`<p class="lead">${reset.linkGone}</p>${linkButton(reset.again, '/account/forgotten', 'answer')}` }
}
