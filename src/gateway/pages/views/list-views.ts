/** What the account has seen, and which devices are in: both can be searched. */
import type { SignedInDevice } from '../../../contract/account.ts'
import type { SecurityEvent } from '../../accounts/identity.ts'
import { browserWords } from '../browser-words.ts'
import { type EventGroup, eventGroups } from '../event-groups.ts'
import { html } from '../html.ts'
import { button, field, form, moment } from '../parts.ts'
import type { MemberVisit, Page } from '../visit.ts'
import { backTo } from './setting-views.ts'

/** From so many on somebody wants to search. */
const manyDevices = 5

export function devicesView(visit: MemberVisit, all: readonly SignedInDevice[], shown: readonly SignedInDevice[]): Page {
  const { words, query } = visit
  const { devices } = words
  const search = form(visit, {
    method: 'get',
    action: '/account/devices',
    body: html`${field({ name: 'q', label: devices.findLabel, type: 'search', value: query['q'], autocomplete: 'off', maxLength: 80 })}${button(devices.find)}`,
  })
  const item = ({ sessionId, name, signedInAt, lastUsedAt }: SignedInDevice) => html`<li><h2><bdi>${name}</bdi></h2>
    <p class="hint">${devices.lastUsed}: ${moment(visit, lastUsedAt)}<br>${devices.signedIn}: ${moment(visit, signedInAt)}</p>
    ${form(visit, { action: '/account/devices', enhance: html`data-once`, body: html`<input type="hidden" name="sessionId" value="${sessionId}">${button(devices.signOut, { label: devices.signOutNamed(name) })}` })}</li>`
  return {
    title: devices.title,
    body: html`<p class="lead">${devices.lead}</p>
      ${all.length === 0 && html`<p>${devices.none}</p>`}
      ${all.length >= manyDevices && search}
      ${all.length > 0 && shown.length === 0 && html`<p role="status">${devices.nothing}</p>`}
      <ul class="cards">${shown.map(item)}</ul>
      ${form(visit, { action: '/account/devices', enhance: html`data-once`, body: html`<input type="hidden" name="way" value="everywhere"><p class="hint">${devices.everywhereHint}</p>${button(devices.everywhere, { look: 'bad' })}` })}
      ${backTo(visit)}`,
  }
}

export function eventsView(visit: MemberVisit, all: readonly SecurityEvent[], shown: readonly SecurityEvent[]): Page {
  const { words, query } = visit
  const { events } = words
  const option = (value: EventGroup | '', label: string) => html`<option value="${value}" ${query['kind'] === value && html`selected`}>${label}</option>`
  return {
    title: events.title,
    body: html`<p class="lead">${events.lead}</p>
      ${form(visit, {
        method: 'get',
        action: '/account/events',
        body: html`${field({ name: 'q', label: events.findLabel, type: 'search', value: query['q'], autocomplete: 'off', maxLength: 80 })}
          <div class="field"><label for="kind">${events.kindLabel}</label>
            <select id="kind" name="kind">${option('', events.all)}${eventGroups.map((group) => option(group, events.groups[group]))}</select></div>
          ${button(events.find)}`,
      })}
      <p class="hint" role="status">${shown.length === 0 ? events.nothing : events.count(shown.length, all.length)}</p>
      <ol class="cards">${shown.map(
        ({ at, kind, ip, userAgent }) => html`<li><h2>${events.kinds[kind]}</h2><p class="hint">${moment(visit, at)}<br>${events.from} ${ip}, ${browserWords(words, userAgent)}</p></li>`,
      )}</ol>
      ${backTo(visit)}`,
  }
}
