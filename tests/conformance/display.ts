import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

export type Display = { name: string | undefined; close(): void }

/**
 * A screen for one worker alone, so that tests in parallel do not take the keyboard from each other.
 * Where Xvfb is missing, the display that is there is shared.
 */
export async function openDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await firstLine(server)
  return { name: number === undefined ? process.env['DISPLAY'] : `:${number}`, close: () => void server.kill() }
}

function firstLine(server: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.on('error', () => resolve(undefined))
    server.on('exit', () => resolve(undefined))
    let text = ''
    server.stdio[3]!.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.trim())
    })
  })
}
