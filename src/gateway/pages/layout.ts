import { type Html, html } from './html.ts'
import { banner } from './parts.ts'
import type { Page, Visit } from './visit.ts'
import { isLanguage, type Language } from './words/words.ts'

export interface Frame {
  readonly assetsBase: string
  readonly isSandbox: boolean
}

const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

/** What every page stands in. */
export function layout(visit: Pick<Visit, 'path' | 'query' | 'language' | 'words' | 'journey'>, page: Page, { assetsBase, isSandbox }: Frame): Html {
  const { words, language, journey } = visit
  const title = page.isError ? words.errorTitle(page.title) : page.title
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<meta name="robots" content="noindex">
<title>${title} – ${words.product}</title>
<link rel="preload" href="${assetsBase}inter-latin.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assetsBase}pages.css">
<link rel="icon" href="${assetsBase}icon.svg" type="image/svg+xml">
<script type="module" src="${assetsBase}pages.js"></script>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
${isSandbox && html`<aside class="strip" aria-label="${words.sandboxLabel}"><p>${words.sandboxStrip}</p></aside>`}
<header>
  <p class="mark"><a href="/account"><img src="${assetsBase}icon.svg" alt="" width="28" height="28">${words.product}</a></p>
  <nav aria-label="${words.languageLabel}">${languageLinks(visit)}</nav>
</header>
<main id="main" tabindex="-1">
  ${journey.notice && banner('good', null, [words.notices[journey.notice]])}
  <h1>${page.title}</h1>
  ${page.body}
</main>
<footer aria-label="${words.footerLabel}"><p>${words.footer}</p></footer>
</body>
</html>
`
}

function languageLinks({ path, query, language }: Pick<Visit, 'path' | 'query' | 'language'>): Html[] {
  return Object.keys(languageNames).filter(isLanguage).map((other) => {
    const address = `${path}?${new URLSearchParams({ ...query, lang: other })}`
    const current = other === language && html`aria-current="true"`
    return html`<a href="${address}" lang="${other}" hreflang="${other}" ${current}>${languageNames[other]}</a>`
  })
}
