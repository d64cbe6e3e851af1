/** The page is the first part: its head comes within so many characters. To look for it everywhere takes minutes where a hostile file has a million heads. */
const headWithin = 50_000

/**
 * The text of a page that a browser has saved: as it is, or out of the one file that `Webpage, Single File` makes. Source: MHTML is MIME
 * (RFC 2557) with the page in quoted-printable (RFC 2045 §6.7).
 */
export function pageIn(text: string): string {
  if (!/^(From: |MIME-Version:)/i.test(text.trimStart().slice(0, 100))) return text
  const start = /Content-Type: text\/html[^]{0,2000}?\r?\n\r?\n/i.exec(text.slice(0, headWithin))
  if (!start) return ''
  const head = start[0]
  const boundary = /boundary="?([\w.=-]{1,100})/i.exec(text.slice(0, 5000))?.[1]
  const from = start.index + head.length
  const end = boundary === undefined ? -1 : text.indexOf(`--${boundary}`, from)
  const body = text.slice(from, end < 0 ? undefined : end)
  return /quoted-printable/i.test(head) ? fromQuotedPrintable(body) : body
}

function fromQuotedPrintable(text: string): string {
  const joined = text.replaceAll(/=\r?\n/g, '')
  // Runs of `=C3=A4` are bytes of UTF-8; the rest is ASCII.
  return joined.replaceAll(/(?:=[0-9A-F]{2})+/gi, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'))
}
