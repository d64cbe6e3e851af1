import { expect, open, test } from './stage.ts'

test('a handler sees method, headers and body, and the page its status, headers and stream', async ({ app }) => {
  const { page } = await open(app)
  await app.evaluate(() => {
    globalThis.stage.pages.set('/submit', async (request) => {
      const body = await request.text()
      const stream = new ReadableStream({ start(controller) { controller.enqueue(new TextEncoder().encode(`${request.method} ${body} `)); controller.enqueue(new TextEncoder().encode(request.headers.get('x-probe')!)); controller.close() } })
      return new Response(stream, { status: 201, headers: { 'x-answer': 'yes', 'content-type': 'text/plain' } })
    })
  })
  const answer = await page.evaluate(async () => {
    const response = await fetch('/submit', { method: 'POST', body: 'päylöad', headers: { 'x-probe': 'p' } })
    return [response.status, response.headers.get('x-answer'), await response.text()]
  })
  expect(answer).toEqual([201, 'yes', 'POST päylöad p'])
})

test('request.url is the app:// address, and dots cannot climb out of the host', async ({ app }) => {
  const { page } = await open(app)
  await app.evaluate(() => { globalThis.stage.requests.length = 0 })
  await page.evaluate(() => Promise.all(['/a/../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/a%2f..%2fb'].map((path) => fetch(path))))
  const urls = await app.evaluate(() => globalThis.stage.requests.map(({ url }) => url))
  expect(urls.toSorted()).toEqual(['app://bundle/a%2f..%2fb', 'app://bundle/etc/passwd', 'app://bundle/etc/passwd'])
})

test('a handler that rejects is a network error, not a hang', async ({ app }) => {
  const { page, window } = await open(app)
  await app.evaluate(() => {
    globalThis.stage.pages.set('/broken', () => Promise.reject(new Error('cannot')))
    globalThis.stage.pages.set('/error', () => Response.error())
  })
  expect(await page.evaluate(() => Promise.all(['/broken', '/error'].map((path) => fetch(path).then(() => 'answered', (error: Error) => error.name))))).toEqual(['TypeError', 'TypeError'])
  expect(await window.evaluate((each) => each.loadURL('app://bundle/broken').catch((error: { errno: number }) => error.errno))).not.toBe(undefined)
})

test('a status of the handler is the page\'s status', async ({ app }) => {
  const { page } = await open(app)
  expect(await page.evaluate(() => fetch('/absent').then(({ status }) => status))).toBe(404)
})

test('content security policy from the handler is enforced', async ({ app }) => {
  await app.evaluate(() => globalThis.stage.pages.set('/own.js', { body: 'globalThis.own = true', headers: { 'content-type': 'text/javascript' } }))
  const { page } = await open(app, {
    headers: { 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types none" },
    html: '<script>globalThis.inline = true</script><script src="/own.js"></script><p>text</p>',
  })
  const result = await page.evaluate(async () => {
    const attempt = (work: () => unknown) => { try { work(); return 'done' } catch (error) { return (error as Error).name } }
    return {
      inline: 'inline' in globalThis,
      own: 'own' in globalThis,
      html: attempt(() => { document.querySelector('p')!.innerHTML = '<b>x</b>' }),
      self: await fetch('/own.js').then(({ status }) => status),
      other: await fetch('https://example.com/').then(() => 'reached', () => 'refused'),
    }
  })
  expect(result).toEqual({ inline: false, own: true, html: 'TypeError', self: 200, other: 'refused' })
})

test('pages under a privileged scheme are secure contexts with storage of their own', async ({ app }) => {
  const { page } = await open(app)
  expect(await page.evaluate(() => [isSecureContext, typeof crypto.subtle, typeof indexedDB, (() => { localStorage.setItem('a', '1'); return localStorage.getItem('a') })()])).toEqual([true, 'object', 'object', '1'])
})

test('isProtocolHandled and unhandle tell the truth', async ({ app }) => {
  const result = await app.evaluate(({ session }) => {
    const { protocol } = session.fromPartition('protocol-test')
    const states = [protocol.isProtocolHandled('app')]
    protocol.handle('app', () => new Response('x'))
    states.push(protocol.isProtocolHandled('app'))
    protocol.unhandle('app')
    states.push(protocol.isProtocolHandled('app'))
    return states
  })
  expect(result).toEqual([false, true, false])
})
