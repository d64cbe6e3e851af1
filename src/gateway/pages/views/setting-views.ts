/** The pages behind the rows of the account. */
import { html } from '../html.ts'
import { typedEuros } from '../money-words.ts'
import { banner, button, codeField, type Failure, failureBanner, field, form, linkButton, mailboxLink, moment, outcomeMark, passkeyForm, proofField, sendAgainForm } from '../parts.ts'
import type { MemberVisit, Page, Visit } from '../visit.ts'

type Wrong = Failure | null

/** Who shows once more who they are. */
export function confirmView(visit: MemberVisit, { failure = null, needsProof = false }: { readonly failure?: Wrong; readonly needsProof?: boolean } = {}): Page {
  const { words, signedIn } = visit
  const { confirm } = words
  const { email, hasPassword, passkeys } = signedIn.account
  const action = '/account/confirm'
  const byPassword = form(visit, {
    action,
    enhance: html`data-once`,
    body: html`<input type="hidden" name="way" value="password"><input type="text" name="username" value="${email}" autocomplete="username" hidden>
      ${field({ name: 'password', label: confirm.password, type: 'password', autocomplete: 'current-password', isRequired: true, failure, takesFocus: true })}${button(confirm.submit, { look: 'answer' })}`,
  })
  const byCode = form(visit, { action, enhance: html`data-once`, body: html`<input type="hidden" name="way" value="code">${needsProof && proofField(words, { startsAtOnce: true })}${button(confirm.byCode(email), { look: passkeys.length > 0 ? 'plain' : 'answer' })}` })
  return {
    title: confirm.title,
    body: html`<p class="lead">${confirm.lead}</p>
      ${failureBanner(words, failure)}
      ${hasPassword && byPassword}
      ${hasPassword && passkeys.length > 0 && html`<p class="or">${words.signIn.or}</p>`}
      ${passkeys.length > 0 && passkeyForm(visit, { action, kind: 'get', purpose: 'signIn', words: confirm.byPasskey, look: hasPassword ? 'plain' : 'answer' })}
      ${!hasPassword && byCode}
      ${backTo(visit)}`,
  }
}

export function nameView(visit: MemberVisit, typed: string | undefined, failure: Wrong = null): Page {
  const { name, save } = visit.words
  const value = typed ?? visit.signedIn.account.displayName ?? ''
  return settingPage(visit, name.title, failure, {
    action: '/account/name',
    body: html`${field({ name: 'name', label: name.label, hint: name.hint, value, autocomplete: 'nickname', maxLength: 80, failure, takesFocus: true })}${button(save, { look: 'answer' })}`,
  })
}

export function passwordView(visit: MemberVisit, failure: Wrong = null): Page {
  const { password } = visit.words
  return settingPage(visit, password.title, failure, {
    action: '/account/password',
    body: html`<input type="text" name="username" value="${visit.signedIn.account.email}" autocomplete="username" hidden>
      ${field({ name: 'password', label: password.label, hint: password.hint, type: 'password', autocomplete: 'new-password', maxLength: 200, isRequired: true, failure, takesFocus: true })}${button(password.submit, { look: 'answer' })}`,
  })
}

export function amountView(visit: MemberVisit, typed: string | undefined, failure: Wrong = null): Page {
  const { words, language, signedIn } = visit
  const { amount, save } = words
  const value = typed ?? typedEuros(signedIn.account.stepUpAboveCents, language)
  return settingPage(visit, amount.title, failure, {
    lead: amount.lead,
    action: '/account/amount',
    body: html`${field({ name: 'amount', label: amount.label, hint: amount.hint, value, autocomplete: 'off', inputMode: 'decimal', maxLength: 12, isRequired: true, failure, takesFocus: true })}
      <p class="hint">${amount.higher}</p>${button(save, { look: 'answer' })}`,
  })
}

export function phoneView(visit: MemberVisit, typed: string | undefined, failure: Wrong = null): Page {
  const { words, signedIn } = visit
  const { phone } = words
  const current = signedIn.account.phone
  const remove = form(visit, { action: '/account/phone', body: html`<input type="hidden" name="way" value="remove">${button(phone.remove, { look: 'bad' })}` })
  return {
    title: phone.title,
    body: html`<p class="lead">${phone.lead}</p>
      ${failureBanner(words, failure)}
      ${current && html`<p>${phone.current(current)}</p>${remove}`}
      ${form(visit, {
        action: '/account/phone',
        enhance: html`data-once`,
        body: html`${field({ name: 'phone', label: phone.label, hint: phone.hint, type: 'tel', value: typed, autocomplete: 'tel', maxLength: 30, isRequired: true, failure, takesFocus: current === null })}${button(phone.submit, { look: current ? 'plain' : 'answer' })}`,
      })}
      ${backTo(visit)}`,
  }
}

export function phoneCodeView(visit: MemberVisit, number: string, hasMailbox: boolean, failure: Wrong = null): Page {
  const { words } = visit
  return {
    title: words.phone.codeTitle,
    body: html`<p class="lead">${words.code.sentText(number)}</p>${failureBanner(words, failure)}
      ${form(visit, { action: '/account/phone/code', enhance: html`data-once`, body: html`${codeField(words.code.label, failure)}${button(words.code.submit, { look: 'answer' })}` })}
      ${mailboxLink(words, hasMailbox)}${sendAgainForm(visit, '/account/phone/code')}${backTo(visit)}`,
  }
}

export function passkeysView(visit: MemberVisit, typed: string | undefined, failure: Wrong = null): Page {
  const { words, signedIn } = visit
  const { passkeys } = words
  const all = signedIn.account.passkeys
  return {
    title: passkeys.title,
    body: html`<p class="lead">${passkeys.lead}</p>
      ${failureBanner(words, failure)}
      ${all.length === 0 && html`<p>${passkeys.none}</p>`}
      ${all.length > 0 && html`<ul class="cards">${all.map(
        ({ passkeyId, name, addedAt }) => html`<li><h2><bdi>${name}</bdi></h2><p class="hint">${passkeys.added}: ${moment(visit, addedAt)}</p>
          ${form(visit, { action: '/account/passkeys', body: html`<input type="hidden" name="passkeyId" value="${passkeyId}">${button(passkeys.remove, { label: passkeys.removeNamed(name) })}` })}</li>`,
      )}</ul>`}
      ${passkeyForm(visit, {
        action: '/account/passkeys',
        kind: 'create',
        purpose: 'add',
        words: passkeys.add,
        look: 'answer',
        fields: field({ name: 'name', label: passkeys.nameLabel, hint: passkeys.nameHint, value: typed, autocomplete: 'off', maxLength: 40, failure }),
      })}
      ${backTo(visit)}`,
  }
}

export function downloadView(visit: MemberVisit): Page {
  const { download } = visit.words
  return settingPage(visit, download.title, null, { lead: download.lead, action: '/account/download', body: button(download.submit, { look: 'answer' }), isRepeatable: true })
}

export function deleteView(visit: MemberVisit, typed: string | undefined, failure: Wrong = null): Page {
  const { words, signedIn } = visit
  const page = words.delete
  const items = (texts: readonly string[]) => html`<ul class="bullets">${texts.map((text) => html`<li>${text}</li>`)}</ul>`
  return {
    title: page.title,
    body: html`<h2>${page.goes}</h2>${items(page.goesItems)}<h2>${page.stays}</h2>${items(page.staysItems)}
      ${banner('open', null, [page.cannot])}
      ${failureBanner(words, failure)}
      ${form(visit, {
        action: '/account/delete',
        enhance: html`data-once`,
        body: html`${field({ name: 'email', label: page.label(signedIn.account.email), value: typed, autocomplete: 'off', maxLength: 254, isRequired: true, failure })}${button(page.submit, { look: 'bad' })}`,
      })}
      ${backTo(visit)}`,
  }
}

export function deletedView({ words }: Visit): Page {
  return { title: words.delete.doneTitle, body: html`${outcomeMark('good')}<p class="lead">${words.delete.done}</p>` }
}

interface Setting {
  readonly lead?: string
  readonly action: string
  readonly body: ReturnType<typeof html>
  /** Leads to a file and not to another page. */
  readonly isRepeatable?: boolean
}

function settingPage(visit: Visit, title: string, failure: Wrong, { lead, action, body, isRepeatable }: Setting): Page {
  return {
    title,
    body: html`${lead && html`<p class="lead">${lead}</p>`}${failureBanner(visit.words, failure)}
      ${form(visit, { action, body, ...(!isRepeatable && { enhance: html`data-once` }) })}${backTo(visit)}`,
  }
}

export function backTo({ words }: Pick<Visit, 'words'>) {
  return linkButton(words.toAccount, '/account')
}

