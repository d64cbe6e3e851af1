import { join } from 'node:path'
import { type GatewayArguments, readArguments, usage } from './arguments.ts'

const pagesDir = join(import.meta.dirname, '../../resources/account-pages')

/** `npm run gateway -- --data DIR`: prints where the gateway is and what to trust it by, and runs until stopped. */
async function main(): Promise<void> {
  const args = readOrExplain()
  if (!args) return void console.log(usage)
  const { start } = await import('./start.ts')
  const gateway = await start({ pagesDir, ...args })
  console.log(`URL: ${gateway.url}`)
  console.log(`Pages for people: ${gateway.publicUrl}/account`)
  console.log(`Pin (SHA-256 of the public key): ${gateway.pin}`)
  console.log(`Signing key: ${gateway.signingKey.x} (kid ${gateway.signingKey.kid})`)
  if (gateway.controlToken) console.log(`Control token (sandbox): ${gateway.controlToken}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gateway.close())
}

function readOrExplain(): GatewayArguments | undefined {
  try {
    return readArguments(process.argv.slice(2))
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error })
  }
}

main().catch((error: unknown) => {
  console.error((error as Error).message)
  process.exitCode = 1
})
