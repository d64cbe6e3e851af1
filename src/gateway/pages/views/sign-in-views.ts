import type { SecondFactorWanted } from '../../accounts/identity.ts'
import { type Html, html } from '../html.ts'
import { button, codeField, type Failure, failureBanner, field, form, mailboxLink, passkeyForm, proofField, sendAgainForm } from '../parts.ts'
import { userCodeOf } from '../user-code.ts'
import type { Page, Step, Visit } from '../visit.ts'
import type { Words } from '../words/english.ts'

interface Typed {
  readonly email?: string | undefined
  readonly failure?: Failure | null
  /** A proof of work is wanted with the next try. */
  readonly needsProof?: boolean
}

export function signInView(visit: Visit, { email, failure = null, needsProof = false }: Typed = {}): Page {
  const { words, journey } = visit
  const { signIn, device } = words
  const userCode = userCodeOf(journey.next)
  return {
    title: signIn.title,
    body: html`${userCode && html`<p class="lead">${device.signInFirst(userCode)}</p>`}
      <p class="aside">${signIn.none} <a href="/account/sign-up">${signIn.create}</a></p>
      ${failureBanner(words, failure)}
      ${form(visit, {
        action: '/account/sign-in',
        enhance: html`data-once`,
        body: html`${field({ name: 'email', label: signIn.email, type: 'email', value: email ?? journey.email, autocomplete: 'username', maxLength: 254, isRequired: true, failure, takesFocus: !needsProof })}
          ${field({ name: 'password', label: signIn.password, type: 'password', autocomplete: 'current-password', maxLength: 200, failure, takesFocus: false })}
          ${needsProof && proofField(words, { startsAtOnce: true })}
          ${button(signIn.submit, { look: 'answer', name: 'way', value: 'password' })}
          <p class="or">${signIn.or}</p>
          ${button(signIn.byCode, { name: 'way', value: 'code' })}`,
      })}
      ${passkeyForm(visit, { action: '/account/sign-in', kind: 'get', purpose: 'signIn', words: signIn.byPasskey })}
      <p class="aside"><a href="/account/forgotten">${signIn.forgotten}</a></p>`,
  }
}

type Way = SecondFactorWanted['ways'][number]
export type SecondStep = Extract<Step, { kind: 'secondFactor' }>

interface SecondParts {
  readonly step: SecondStep
  readonly way: Way
  readonly failure?: Failure | null
  readonly hasMailbox: boolean
}

const action = '/account/sign-in/second'

export function secondFactorView(visit: Visit, { step, way, failure = null, hasMailbox }: SecondParts): Page {
  const { second } = visit.words
  const others = step.ways.filter((other) => other.method !== way.method)
  return {
    title: second.title,
    body: html`<p class="lead">${second.lead}</p>
      ${failureBanner(visit.words, failure)}
      <h2>${second.ways[way.method]}</h2>
      ${wayForm(visit, { step, way, failure, hasMailbox })}
      ${others.length > 0 && html`<h2>${second.otherWays}</h2>
      <ul class="rows">${others.map(({ method }) => html`<li><a href="${action}?way=${method}">${second.ways[method]}</a></li>`)}</ul>`}`,
  }
}

function wayForm(visit: Visit, { step, way, failure, hasMailbox }: SecondParts): Html {
  const { words } = visit
  const { second } = words
  const hidden = html`<input type="hidden" name="way" value="${way.method}">`
  const send = (body: Html) => form(visit, { action, enhance: html`data-once`, body: html`${hidden}${body}${button(words.code.submit, { look: 'answer' })}` })
  switch (way.method) {
    case 'totp':
      return html`<p class="hint">${second.totpHint}</p>${send(codeField(words.totp.label, failure))}`
    case 'recovery':
      return send(field({ name: 'code', label: second.recoveryLabel, hint: second.recoveryHint, failure, autocomplete: 'off', maxLength: 14, isRequired: true, className: 'recoveryCode', takesFocus: true }))
    case 'passkey':
      return html`<p class="hint">${second.passkeyLead}</p>${passkeyForm(visit, { action, kind: 'get', purpose: 'second', words: second.usePasskey, look: 'answer' })}`
    case 'sms':
    case 'email': {
      const destination = 'destination' in way ? way.destination : undefined
      const first = html`${hidden}<input type="hidden" name="send" value="yes">${button(destination ? second.send(destination) : second.sendUnknown, { look: 'answer' })}`
      if (!step.sent.includes(way.method)) return form(visit, { action, enhance: html`data-once`, body: first })
      return html`<p class="hint">${sentWords(words, way.method, destination)}</p>
        ${send(codeField(words.code.label, failure))}${mailboxLink(words, hasMailbox)}${sendAgainForm(visit, action, hidden)}`
    }
  }
}

function sentWords({ code }: Words, method: 'sms' | 'email', destination = ''): string {
  return method === 'sms' ? code.sentText(destination) : code.sentTo(destination)
}
