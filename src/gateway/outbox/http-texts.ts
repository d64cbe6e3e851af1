import type { TextMessage } from './post.ts'

/** Whoever sends text messages: takes `{"to", "text"}` by POST with a bearer token (RFC 6750) and answers 2xx once it will send it. */
export interface TextSender {
  readonly url: string
  readonly token: string
}

const timeoutMs = 15_000

/** Rejects where it was not taken. */
export function createTexter({ url, token }: TextSender): (message: TextMessage) => Promise<void> {
  return async ({ to, text }) => {
    const { request } = await import('undici')
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to, text }),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    })
    await body.dump()
    if (statusCode < 200 || statusCode > 299) throw new Error(`the sender of text messages answered ${statusCode}`)
  }
}
