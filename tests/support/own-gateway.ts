/** A gateway of the test's own, which sells what the test wants, in the place of the one that a sandbox build starts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../../src/contract/catalogue.ts'
import { createGateway, type GatewayOptions } from '../../src/gateway/create-gateway.ts'

export interface OwnGateway {
  /** To be loaded by the app before anything else: nothing of the product knows of it. */
  readonly preload: string
  close(): Promise<void>
}

/** `folder` is one that goes away with the test. */
export async function startOwnGateway(folder: string, catalogue: Catalogue, options: Partial<GatewayOptions> = {}): Promise<OwnGateway> {
  mkdirSync(folder, { recursive: true })
  const gateway = await createGateway({ dataDir: join(folder, 'gateway'), catalogue, mode: 'sandbox', pagesDir: 'resources/account-pages', now: Date.now, ...options })
  const { url, publicUrl, pin, signingKey, controlToken } = gateway
  const ready = JSON.stringify({ type: 'ready', url, publicUrl, pin, signingKey, controlToken })
  const preload = join(folder, 'own-gateway.cjs')
  writeFileSync(
    preload,
    `const { EventEmitter } = require('node:events')
const { utilityProcess } = require('electron')
utilityProcess.fork = () => {
  const child = new EventEmitter()
  setImmediate(() => child.emit('message', ${ready}))
  return Object.assign(child, { pid: process.pid, kill: () => true, postMessage: ({ type }) => void (type === 'stop' && child.emit('exit', 0)) })
}
`,
  )
  return { preload, close: () => gateway.close() }
}
