import type { CdpSession } from './cdp.ts'

/**
 * The protocol tells process ids only for the browser as a whole, so a page's is the newest renderer that is nobody else's.
 * @param current what is known so far, which stays when that process is still there
 */
export async function rendererProcessId(browser: CdpSession, current: number, taken: ReadonlySet<number>): Promise<number> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo').catch(() => ({ processInfo: [] }))
  const renderers = processInfo.filter(({ type, id }) => type === 'renderer' && !taken.has(id)).map(({ id }) => id)
  return renderers.includes(current) ? current : Math.max(0, ...renderers)
}
