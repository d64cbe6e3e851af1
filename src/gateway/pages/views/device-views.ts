import type { Account } from '../../accounts/identity.ts'
import type { WaitingDevice } from '../../oauth/grants.ts'
import { html } from '../html.ts'
import { banner, button, type Failure, failureBanner, field, form, linkButton, moment, outcomeMark } from '../parts.ts'
import type { Page, Visit } from '../visit.ts'

export function enterCodeView(visit: Visit, typed = '', failure: Failure | null = null): Page {
  const { device, goOn } = visit.words
  return {
    title: device.title,
    body: html`<p class="lead">${device.lead}</p>
      ${failureBanner(visit.words, failure)}
      ${form(visit, {
        method: 'get',
        action: '/device',
        body: html`${field({ name: 'code', label: device.codeLabel, hint: device.codeHint, value: typed, failure, autocomplete: 'off', maxLength: 20, isRequired: true, className: 'userCode', takesFocus: true })}
          ${button(goOn, { look: 'answer' })}`,
      })}`,
  }
}

export function allowView(visit: Visit, waiting: WaitingDevice, account: Account): Page {
  const { device } = visit.words
  return {
    title: device.allowTitle,
    body: html`<div class="compare"><p class="userCodeShown">${waiting.userCode}</p><p>${device.compare}</p></div>
      ${waiting.isKiosk && banner('open', device.kioskTitle, [device.kiosk])}
      <dl class="facts">
        <div><dt>${device.askedBy}</dt><dd><bdi>${waiting.deviceName}</bdi></dd></div>
        <div><dt>${device.askedFrom}</dt><dd>${waiting.ip}</dd></div>
        <div><dt>${device.askedAt}</dt><dd>${moment(visit, waiting.askedAt)}</dd></div>
        <div><dt>${device.account}</dt><dd>${account.displayName && html`<bdi>${account.displayName}</bdi>, `}<bdi>${account.email}</bdi></dd></div>
      </dl>
      <h2>${device.may}</h2>
      <ul class="bullets">${waiting.scopes.map((scope) => html`<li>${device.scopes[scope]}</li>`)}</ul>
      <p class="hint">${device.onlyOwn}</p>
      ${form(visit, {
        action: '/device',
        body: html`<input type="hidden" name="code" value="${waiting.userCode}">
          <div class="answers">${button(device.deny, { name: 'answer', value: 'deny' })}${button(device.allow, { name: 'answer', value: 'allow', look: 'answer' })}</div>`,
      })}`,
  }
}

export function allowedView({ words: { device } }: Visit): Page {
  return { title: device.allowedTitle, body: html`${outcomeMark('good')}<p class="lead">${device.allowed}</p>` }
}

export function deniedView({ words: { device } }: Visit): Page {
  return { title: device.deniedTitle, body: html`${outcomeMark('quiet')}<p class="lead">${device.denied}</p><p>${device.deniedAdvice}</p>` }
}

export function goneView({ words: { device } }: Visit): Page {
  return { title: device.goneTitle, body: html`<p class="lead">${device.gone}</p>${linkButton(device.newCode, '/device', 'answer')}` }
}
