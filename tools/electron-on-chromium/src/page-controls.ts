import EventEmitter from 'node:events'
import { evaluate } from './evaluate.ts'
import { nativeImageFromPng } from './native-image.ts'
import type { PageSession } from './page-session.ts'
import { pdfOptions } from './pdf.ts'

type Provided = Pick<
  Electron.WebContents,
  | 'send' | 'executeJavaScript' | 'insertCSS' | 'capturePage' | 'printToPDF' | 'setZoomFactor' | 'getZoomFactor' | 'setZoomLevel' | 'getZoomLevel'
  | 'setVisualZoomLevelLimits' | 'forcefullyCrashRenderer' | 'setUserAgent' | 'getUserAgent' | 'stop' | 'focus' | 'session'
>

const zoomStep = 1.2

/** What can be done to a page as it is, wherever it came from. */
export abstract class PageControls extends EventEmitter implements Provided {
  abstract readonly session: Electron.Session
  /** Set once the page exists in Chromium. */
  abstract readonly ready: Promise<PageSession>
  private zoomFactor = 1
  private userAgent: string | undefined

  abstract send(channel: string, ...args: unknown[]): void

  private post(step: (page: PageSession) => void) {
    this.ready.then(step, () => {})
  }
  stop() {
    this.post(({ session }) => session.post('Page.stopLoading'))
  }
  focus() {
    this.post(({ session }) => session.post('Page.bringToFront'))
  }
  async executeJavaScript(code: string, userGesture = false) {
    const { tree } = await this.ready
    return evaluate(tree.main, code, userGesture)
  }
  async insertCSS(css: string) {
    const code = `document.head.appendChild(Object.assign(document.createElement('style'), { textContent: ${JSON.stringify(css)} })) && ''`
    return (await this.executeJavaScript(code)) as string
  }
  async capturePage(area?: Electron.Rectangle) {
    const { session } = await this.ready
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip: area && { ...area, scale: 1 } })
    return nativeImageFromPng(Buffer.from(data, 'base64'))
  }
  async printToPDF(options: Electron.PrintToPDFOptions) {
    const { session } = await this.ready
    const { data } = await session.send('Page.printToPDF', pdfOptions(options))
    return Buffer.from(data, 'base64')
  }
  setZoomFactor(factor: number) {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this.zoomFactor = factor
    this.applyZoom()
  }
  /** Each new document starts at its own size. */
  protected applyZoom() {
    if (this.zoomFactor === 1 && !this.hasZoomed) return
    this.hasZoomed = true
    const code = `document.documentElement.style.zoom = ${this.zoomFactor}`
    this.post(({ tree }) => void evaluate(tree.main, code, false).catch(() => {}))
  }
  private hasZoomed = false
  getZoomFactor() {
    return this.zoomFactor
  }
  setZoomLevel(level: number) {
    this.setZoomFactor(zoomStep ** level)
  }
  getZoomLevel() {
    return Math.log(this.zoomFactor) / Math.log(zoomStep)
  }
  /** Pinching changes nothing in an app window; there is nothing to limit. */
  async setVisualZoomLevelLimits() {
    await this.ready
  }
  forcefullyCrashRenderer() {
    this.post(({ session }) => session.post('Page.crash'))
  }
  setUserAgent(userAgent: string) {
    this.userAgent = userAgent
    this.post(({ session }) => session.post('Emulation.setUserAgentOverride', { userAgent }))
  }
  getUserAgent() {
    return this.userAgent ?? this.session.getUserAgent()
  }
}
