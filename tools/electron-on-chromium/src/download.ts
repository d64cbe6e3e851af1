import EventEmitter from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { CdpSession } from './cdp.ts'
import { dialog } from './dialog.ts'
import { createEvent } from './events.ts'
import { strict } from './not-implemented.ts'
import { pageOfFrame } from './page-registry.ts'
import { reaper } from './reaper.ts'
import { origins } from './reserved-origins.ts'
import { webContents } from './web-contents.ts'

type Progress = { received: number; total: number; state: 'progressing' | 'completed' | 'cancelled' | 'interrupted' }

/**
 * Downloads land in a folder of our own until the app, or the user in a save dialog, has said where they belong.
 */
export function createDownloads(browser: CdpSession): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-on-chromium-downloads-'))
  reaper().watchFolder(folder)
  const items = new Map<string, (progress: Progress, file: string | undefined) => void>()
  browser.post('Browser.setDownloadBehavior', { behavior: 'allowAndName', downloadPath: folder, eventsEnabled: true })

  browser.on('Browser.downloadWillBegin', ({ guid, url, suggestedFilename, frameId }) => {
    const owner = pageOfFrame(frameId)
    const cancel = () => browser.post('Browser.cancelDownload', { guid })
    if (!owner) return cancel()
    const { item, update, savePath } = createItem(origins.fromReserved(url), suggestedFilename, cancel)
    const event = createEvent()
    const contents = webContents.fromId(owner.webContentsId)
    contents?.session.emit('will-download', event as Electron.Event, item, contents)
    if (event.defaultPrevented) return cancel()
    const destination = savePath() === '' ? askWhere(suggestedFilename) : Promise.resolve(savePath())
    destination.then((file) => file === '' && cancel(), cancel)
    items.set(guid, (progress, file) => {
      if (progress.state !== 'completed') return update(progress, '')
      destination.then(
        (to) => {
          if (to !== '') move(file ?? path.join(folder, guid), to)
          update(to === '' ? { ...progress, state: 'cancelled' } : progress, to)
        },
        () => update({ ...progress, state: 'interrupted' }, ''),
      )
    })
  })
  browser.on('Browser.downloadProgress', ({ guid, totalBytes, receivedBytes, state, filePath }) => {
    const isOver = state !== 'inProgress'
    items.get(guid)?.({ received: receivedBytes, total: totalBytes, state: state === 'inProgress' ? 'progressing' : state === 'canceled' ? 'cancelled' : 'completed' }, filePath)
    if (isOver) items.delete(guid)
  })
}

const askWhere = (name: string) =>
  dialog.showSaveDialog({ defaultPath: path.join(os.homedir(), 'Downloads', path.basename(name)) }).then(({ canceled, filePath }) => (canceled ? '' : filePath))

function move(from: string, to: string) {
  fs.mkdirSync(path.dirname(to), { recursive: true })
  // Another file system than the temporary folder's is the rule, so rename would fail.
  fs.copyFileSync(from, to)
  fs.rmSync(from, { force: true })
}

function createItem(url: string, filename: string, cancel: () => void) {
  const emitter = new EventEmitter()
  const startTime = Date.now() / 1000
  let progress: Progress = { received: 0, total: 0, state: 'progressing' }
  let chosen = ''
  const methods = {
    getURL: () => url,
    getURLChain: () => [url],
    getFilename: () => filename,
    getTotalBytes: () => progress.total,
    getReceivedBytes: () => progress.received,
    getState: () => progress.state,
    getStartTime: () => startTime,
    setSavePath: (file) => void (chosen = file),
    getSavePath: () => chosen,
    isPaused: () => false,
    canResume: () => false,
    cancel,
  } satisfies Partial<Electron.DownloadItem>
  const item = strict('DownloadItem', Object.assign(emitter, methods)) as unknown as Electron.DownloadItem
  return {
    item,
    savePath: () => chosen,
    update(next: Progress, file: string) {
      progress = next
      if (file !== '') chosen = file
      if (next.state === 'progressing') emitter.emit('updated', createEvent(), 'progressing')
      else emitter.emit('done', createEvent(), next.state)
    },
  }
}
