/** better-auth can report what it is used for. It keeps still under tests, so the gateway's own use of it is looked at in a process of its own. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { makeTempDir } from '../../support/test-gateway.ts'

/** Looks an address up, as the gateway does first, in a folder of its own. */
const program = `
  const { randomBytes } = await import('node:crypto')
  const { openStore } = await import('./src/gateway/store/open-store.ts')
  const { createCredentials } = await import('./src/gateway/accounts/credentials.ts')
  const { createPasswordHash } = await import('./src/gateway/accounts/password-hash.ts')
  const { createSecrets } = await import('./src/gateway/accounts/secrets.ts')
  const { store, close } = openStore(process.env.DATA_DIR)
  const secrets = createSecrets({ key: randomBytes(32), randomBytes })
  console.log(await createCredentials({ store, secrets, now: Date.now, passwordHash: createPasswordHash() }).findByEmail('ada@example.org'))
  await close()
`

it('nothing is reported by better-auth as the gateway uses it, unless whoever runs it asks better-auth for that in the environment', async () => {
  const heard: (string | undefined)[] = []
  const server = createServer((request, response) => {
    heard.push(request.method)
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const run = (variables: Record<string, string>) => {
    const env = { PATH: process.env['PATH'], DATA_DIR: makeTempDir(), BETTER_AUTH_TELEMETRY_ENDPOINT: `http://127.0.0.1:${port}`, NODE_ENV: 'production', ...variables }
    return promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env })
  }
  expect((await run({})).stdout).toBe('null\n')
  expect(heard).toEqual([])
  // So it would be heard here.
  await run({ BETTER_AUTH_TELEMETRY: '1' })
  expect(heard).toContain('POST')
  server.close()
})
