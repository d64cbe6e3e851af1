/** The pieces that pages are made of. */
import { type Html, html } from './html.ts'
import type { Words } from './words/english.ts'
import type { Visit } from './visit.ts'
import { localeOf } from './words/words.ts'

/** What was wrong with what was sent: with one field of it, or with all of it. */
export interface Failure {
  readonly field: string | null
  readonly text: string
  readonly details?: readonly string[]
}

interface FieldParts {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'password' | 'tel' | 'search'
  /** What was typed before; never of a secret. */
  readonly value?: string | undefined
  readonly hint?: string
  readonly failure?: Failure | null | undefined
  /** HTML §4.10.18.7. */
  readonly autocomplete: string
  readonly inputMode?: 'numeric' | 'decimal' | 'text'
  readonly maxLength?: number
  readonly isRequired?: boolean
  readonly className?: 'code' | 'userCode' | 'recoveryCode'
  /** Sends the form by itself when as many digits are there. */
  readonly sendsAt?: number
  readonly takesFocus?: boolean
}

/** A field with its label, its hint and what is wrong with it, all bound to it. */
export function field(parts: FieldParts): Html {
  const { name, label, type = 'text', value = '', hint, autocomplete, inputMode, maxLength, isRequired, className, sendsAt } = parts
  const failure = parts.failure?.field === name ? parts.failure : null
  const describedBy = [failure && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ')
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${failure && html`<div class="error" id="${name}-error"><p>${failure.text}</p>${failure.details?.map((detail) => html`<p>${detail}</p>`)}</div>`}
    <input id="${name}" name="${name}" type="${type}" value="${type === 'password' ? '' : value}" autocomplete="${autocomplete}"
      ${inputMode && html`inputmode="${inputMode}"`} ${maxLength && html`maxlength="${maxLength}"`} ${className && html`class="${className}"`}
      ${sendsAt && html`data-sends-at="${sendsAt}"`} ${isRequired && html`required`} ${failure && html`aria-invalid="true"`}
      ${describedBy && html`aria-describedby="${describedBy}"`} ${(failure || (parts.takesFocus && !parts.failure)) && html`autofocus`}
      autocapitalize="none" spellcheck="false">
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
  </div>`
}

/** The six digits of a code that was sent or that an app shows. */
export function codeField(label: string, failure: Failure | null | undefined): Html {
  const digits = { type: 'text', autocomplete: 'one-time-code', inputMode: 'numeric', maxLength: 9, isRequired: true, className: 'code' } as const
  return field({ name: 'code', label, failure, sendsAt: 6, takesFocus: true, ...digits })
}

interface FormParts {
  readonly action: string
  readonly body: Html
  /** What the scripts make of it. */
  readonly enhance?: Html | undefined
  readonly method?: 'post' | 'get'
}

export function form(visit: Pick<Visit, 'formToken'>, { action, body, enhance, method = 'post' }: FormParts): Html {
  if (method === 'get') return html`<form method="get" action="${action}">${body}</form>`
  return html`<form method="post" action="${action}" novalidate ${enhance}>
    <input type="hidden" name="token" value="${visit.formToken}">${body}
  </form>`
}

interface ButtonParts {
  readonly name?: string
  readonly value?: string
  readonly look?: 'answer' | 'plain' | 'bad'
  /** Where the words alone would not tell one from the next. */
  readonly label?: string
}

export function button(words: string, { name, value, look = 'plain', label }: ButtonParts = {}): Html {
  return html`<button type="submit" class="button ${look}" ${name && html`name="${name}" value="${value}"`} ${label && html`aria-label="${label}"`}>${words}</button>`
}

export function linkButton(words: string, path: string, look: 'answer' | 'plain' = 'plain'): Html {
  return html`<a class="button ${look}" href="${path}">${words}</a>`
}

export function banner(tone: 'good' | 'bad' | 'open', title: string | null, texts: readonly string[]): Html {
  return html`<div class="banner ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">
    ${title && html`<h2>${title}</h2>`}${texts.map((text) => html`<p>${text}</p>`)}
  </div>`
}

/** What was wrong with the form as a whole; what belongs to a field is said there. */
export function failureBanner(words: Words, failure: Failure | null | undefined): Html | null {
  return failure?.field === null ? banner('bad', words.errors.summary, [failure.text, ...(failure.details ?? [])]) : null
}

/** The proof of work: says what it does, and needs nothing but time. */
export function proofField(words: Words, { startsAtOnce = false } = {}): Html {
  const { proof } = words
  return html`<div class="proof" role="group" aria-label="${proof.label}" data-proof="/account/proof" ${startsAtOnce && html`data-at-once`}
      data-working="${proof.working}" data-slow="${proof.slow}" data-sending="${proof.sending}" data-done="${proof.done}" data-failed="${proof.failed}">
    <input type="hidden" name="proof" value="">
    <p role="status">${proof.ready}</p>
    <div class="bar" aria-hidden="true"><span></span></div>
    <noscript><p class="error">${words.needsScript}</p></noscript>
  </div>`
}

interface PasskeyParts {
  readonly action: string
  readonly kind: 'get' | 'create'
  /** What the ceremony is for, where its options are fetched. */
  readonly purpose: 'signIn' | 'second' | 'add'
  readonly words: string
  readonly look?: 'answer' | 'plain'
  readonly fields?: Html
}

/** A button after which the device asks for a passkey. */
export function passkeyForm(visit: Pick<Visit, 'formToken' | 'words'>, { action, kind, purpose, words, look = 'plain', fields }: PasskeyParts): Html {
  const { passkey, buttonNeedsScript } = visit.words
  return form(visit, {
    action,
    enhance: html`data-passkey="${kind}" data-purpose="${purpose}" data-working="${passkey.working}" data-cancelled="${passkey.cancelled}"
      data-unsupported="${passkey.unsupported}" data-failed="${passkey.failed}" data-exists="${passkey.exists}"`,
    body: html`<input type="hidden" name="way" value="passkey"><input type="hidden" name="ceremony" value=""><input type="hidden" name="response" value="">
      ${fields}${button(words, { look })}<p class="hint" role="status"></p><noscript><p class="hint">${buttonNeedsScript}</p></noscript>`,
  })
}

/** A moment in UTC, which a script turns into the browser's own zone. */
export function moment(visit: Pick<Visit, 'language'>, at: string): Html {
  const words = new Intl.DateTimeFormat(localeOf(visit.language), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))
  return html`<time datetime="${at}">${words} UTC</time>`
}

/** Another code by the same way; the one before counts no more. */
export function sendAgainForm(visit: Pick<Visit, 'formToken' | 'words'>, action: string, fields: Html | null = null): Html {
  return form(visit, { action, enhance: html`data-once`, body: html`${fields}<input type="hidden" name="send" value="yes">${button(visit.words.code.again)}` })
}

/** In the sandbox nobody has a mailbox but this one. */
export function mailboxLink(words: Words, hasMailbox: boolean): Html | null {
  return hasMailbox ? html`<p><a href="/sandbox/mailbox" target="_blank" rel="noopener">${words.code.mailbox}</a></p>` : null
}

/** A tick or a cross, for eyes only: the words say the same. */
export function outcomeMark(tone: 'good' | 'quiet'): Html {
  const path = tone === 'good' ? 'M5 13l5 5L20 7' : 'M6 6l12 12M18 6L6 18'
  return html`<div class="outcome ${tone}" aria-hidden="true"><svg width="28" height="28" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5"
    stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg></div>`
}
