import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { strict } from './not-implemented.ts'

/** @throws when the desktop has nothing to open it with */
function xdgOpen(what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('xdg-open', [what], { detached: true, stdio: 'ignore' })
    child.unref()
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`xdg-open ended with ${code}`))))
  })
}

/** Plain and writable: testers replace its methods. */
export const shell = strict('shell', {
  async openExternal(url) {
    if (!URL.canParse(url)) throw new Error('Invalid URL')
    await xdgOpen(url)
  },
  openPath: (file) => xdgOpen(file).then(() => '', (error: unknown) => (error instanceof Error ? error.message : String(error))),
  showItemInFolder: (file) => void xdgOpen(pathToFileURL(path.dirname(file)).href).catch(() => {}),
  beep: () => void process.stdout.write('\x07'),
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'>)
