import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RendererFolder {
  /** What the app would serve from. */
  readonly path: string
  dispose(): void
}

/** Two pages with their assets, and things beside them that no page may read. */
export function makeRendererFolder(): RendererFolder {
  const root = mkdtempSync(join(tmpdir(), 'tuppence-renderer-'))
  const path = join(root, 'renderer')
  const files = {
    'secret.txt': 'secret',
    'main/index.cjs': 'secret',
    'renderer/secret.txt': 'secret',
    'renderer/launcher/index.html': '<title>launcher</title>',
    'renderer/launcher/deep/er.html': 'deeper',
    'renderer/confirm/index.html': '<title>confirm</title>',
    'renderer/assets/a.js': 'script',
    'renderer/assets/a.css': 'style',
    'renderer/assets/a.woff2': 'font',
    'renderer/assets/a.svg': 'picture',
    'renderer/assets/a.bin': 'bytes',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  symlinkSync(join(root, 'secret.txt'), join(path, 'assets/link.txt'))
  return { path, dispose: () => rmSync(root, { recursive: true, force: true }) }
}
