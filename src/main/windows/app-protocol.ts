import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Session } from 'electron'
import { contentSecurityPolicy } from './content-security-policy.ts'

export const appScheme = 'app'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/**
 * Serves one page and the shared assets at `app://<page>/…` in this session. The files are listed once, at start; a path
 * that is not on the list does not exist, so that no spelling of `..` can lead anywhere.
 */
export function serveApp(session: Session, rendererDir: string, page: string): void {
  const files = listFiles(rendererDir, [page, 'assets'])
  session.protocol.handle(appScheme, async (request) => {
    const url = URL.parse(request.url)
    const file = url?.host === page && request.method === 'GET' ? files.get(url.pathname) : undefined
    if (!file) return new Response('not found', { status: 404, headers: { ...headers, 'content-type': 'text/plain' } })
    const type = types[extname(file)] ?? 'application/octet-stream'
    return new Response(new Uint8Array(await readFile(file)), { headers: { ...headers, 'content-type': type } })
  })
}

function listFiles(root: string, folders: readonly string[]): ReadonlyMap<string, string> {
  const found = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return new Map(found.map((file) => [`/${relative(root, file).split(sep).join('/')}`, file]))
}
