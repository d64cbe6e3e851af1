import { html } from '../html.ts'
import { linkButton } from '../parts.ts'
import type { Page } from '../visit.ts'
import type { Words } from '../words/english.ts'

/** Pages for what went wrong before any handler could say it better. */
export const problemViews = {
  notFound: ({ problems, toAccount }: Words): Page => plain(problems.notFoundTitle, problems.notFound, toAccount, '/account'),
  badRequest: ({ problems, toAccount }: Words): Page => plain(problems.badRequestTitle, problems.badRequest, toAccount, '/account'),
  stale: ({ problems }: Words, path: string): Page => plain(problems.staleTitle, problems.stale, problems.openAgain, path),
  internal: ({ problems, toAccount }: Words): Page => plain(problems.internalTitle, problems.internal, toAccount, '/account'),
  wait: ({ problems, waitTime }: Words, waitMs: number): Page => ({ title: problems.waitTitle, body: html`<p class="lead">${problems.wait(waitTime(waitMs))}</p>` }),
  /** Without a link: under a false name there is nothing of ours. */
  wrongHost: ({ problems }: Words): Page => ({ title: problems.hostTitle, body: html`<p class="lead">${problems.host}</p>` }),
}

function plain(title: string, text: string, link: string, path: string): Page {
  return { title, body: html`<p class="lead">${text}</p>${linkButton(link, path)}` }
}
