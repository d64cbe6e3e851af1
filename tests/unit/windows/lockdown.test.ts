/** What cannot be shown on a running app is read in the sources and in what is built from them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cutOff } from '../../../src/main/windows/cut-off.ts'

function filesOf(root: string, ending: RegExp): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .toSorted()
}
const sources = ['src/main', 'src/preload', 'src/renderer', 'src/contract', 'src/domain'].flatMap((root) => filesOf(root, /\.(tsx?|html|css)$/))
const mainSources = sources.filter((file) => /^src\/(main|preload)\//.test(file))
const containing = (pattern: RegExp, files = sources) => files.filter((file) => pattern.test(readFileSync(file, 'utf8')))

describe('the sources', () => {
  it('are all read', () => expect(sources.length).toBeGreaterThan(300))

  it('P7 make windows, sessions and views in one file', () => {
    expect(containing(/new BrowserWindow\b|\bfromPartition\b/)).toEqual(['src/main/windows/create-window.ts'])
    expect(containing(/\b(?:WebContentsView|BrowserView|BaseWindow|defaultSession)\b|<webview/)).toEqual([])
  })

  it('P10 hand nothing to other programs but pages of the gateway, by one way', () => {
    expect(containing(/\bshell\b(?=[\s,}.]).*'electron'|\bopenPath\b|\bshowItemInFolder\b|setAsDefaultProtocolClient|shell\[/)).toEqual(['src/main/index.ts'])
    expect(containing(/\bopenExternal\b/)).toEqual(['src/main/adapters/gateway/page-browser.ts', 'src/main/index.ts'])
    const root = readFileSync('src/main/index.ts', 'utf8').split('\n').filter((line) => /\bshell\b/.test(line))
    expect(root).toEqual([
      expect.stringMatching(/^import \{.*\bshell \} from 'electron'$/),
      '    browser: createPageBrowser({ config, isKiosk: kiosk.isOn, openExternal: (address) => shell.openExternal(address) }),',
    ])
    // The organisations that help are shown as text to be typed or copied, and are no links.
    expect(containing(/href=["'{`]+https?:|target=["']_blank/)).toEqual([])
  })

  it('P6 have no field for a password: what is hidden as it is typed is a PIN, in the trusted window alone', () => {
    expect(containing(/\btype=[{"']+password|type:\s*['"]password/i)).toEqual(['src/renderer/confirm/secret-field.tsx'])
    // The other is the keyboard on the screen, which types into such a field.
    expect(containing(/['"]password['"]/i)).toEqual(['src/renderer/confirm/secret-field.tsx', 'src/renderer/ui/type-into.ts'])
    const fields = readFileSync('src/renderer/confirm/secret-field.tsx', 'utf8').split('\n').filter((line) => /['"]password['"]/.test(line))
    expect(fields).toEqual(["  readonly type: 'password' | 'text'", expect.stringContaining('type="password" inputMode="numeric" autoComplete="off"')])
    expect(containing(/(?:current|new)-password|autocomplete=["'{]+(?:username|email)/i)).toEqual([])
  })

  it('P7 switch nothing of the lock-down off', () => {
    const weak = /nodeIntegration\w*:\s*true|contextIsolation:\s*false|sandbox:\s*false|webSecurity:\s*false|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webviewTag:\s*true|bypassCSP|allowServiceWorkers:\s*true|corsEnabled|additionalArguments/
    expect(containing(weak, mainSources)).toEqual([])
    expect(containing(/openDevTools|setDevToolsWebContents|debugger\.attach|insertCSS|sendSync|ipcMain\.on\b|loadFile|executeInMainWorld/)).toEqual([])
  })

  it('P7 run nothing in a page but the one question whether it is isolated, which is always the same', () => {
    expect(containing(/executeJavaScript/)).toEqual(['src/main/adapters/program/running-program.ts'])
    const program = readFileSync('src/main/adapters/program/running-program.ts', 'utf8')
    expect([...program.matchAll(/executeJavaScript\((.*?)\)/g)].map(([, what]) => what)).toEqual(['question'])
    expect(program).toMatch(/^const question = '[^'$]*'$/m)
  })

  it('P7 make no code out of text', () => {
    expect(containing(/\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write|createPolicy|node:vm['"]|srcDoc/)).toEqual([])
  })

  it('P7 are sandboxed before the first window, and use no address of a development server but in development', () => {
    const root = readFileSync('src/main/index.ts', 'utf8')
    expect(root.indexOf('app.enableSandbox()')).toBeGreaterThan(0)
    expect(root.indexOf('app.enableSandbox()')).toBeLessThan(root.indexOf('app.whenReady()'))
    expect(root.indexOf('if (!__DEV__) cutOff(app.commandLine)')).toBeGreaterThan(0)
    expect(root.indexOf('cutOff(app.commandLine)')).toBeLessThan(root.indexOf('app.whenReady()'))
    expect(root).toContain("devServerUrl: __DEV__ ? (process.env['ELECTRON_RENDERER_URL'] ?? null) : null")
    expect(root.split('\n').filter((line) => line.startsWith('import '))[0]).toBe("import './refuse-start.ts'")
  })

  it('P10 take the network from Chromium by these switches', () => {
    const switches: [string, string | undefined][] = []
    cutOff({ appendSwitch: (name, value) => void switches.push([name, value]) })
    expect(switches).toEqual([
      ['host-resolver-rules', 'MAP * ~NOTFOUND'],
      ['proxy-server', 'nowhere.invalid:9'],
      ['proxy-bypass-list', '<-loopback>'],
      ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
    ])
  })
})

describe('the pages', () => {
  const pages = filesOf('src/renderer', /\.html$/)
  it('are two, with scripts and styles from files of their own only', () => {
    expect(pages).toEqual(['src/renderer/confirm/index.html', 'src/renderer/launcher/index.html'])
    for (const page of pages) {
      const html = readFileSync(page, 'utf8')
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son[a-z]+=|https?:|javascript:|<base|<iframe|<object|<embed|http-equiv/i)
    }
  })
})
