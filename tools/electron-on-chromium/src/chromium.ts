import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { createCdp } from './cdp.ts'
import type { Cdp } from './cdp.ts'
import { chromiumFlags } from './chromium-flags.ts'
import { reaper } from './reaper.ts'

export type Chromium = {
  cdp: Cdp
  process: ChildProcess
  /** Opens a plain window (no tabs, no address bar) in the running browser. */
  openAppWindow(url: string): Promise<void>
  /** Lets test drivers know where DevTools listens; until then nobody connects and sees what goes on at the start. */
  announce(): void
  hasExited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

export type LaunchOptions = { profile: string; isTemporary: boolean; isHeadless: boolean; switches: ReadonlyMap<string, string> }

/** The browser itself rather than Debian's wrapper: the wrapper adds API keys for Google's services. */
const candidates = ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** @throws when there is no Chromium; set ELECTRON_ON_CHROMIUM_BROWSER to one that is elsewhere. */
export function findChromium(): string {
  const given = process.env['ELECTRON_ON_CHROMIUM_BROWSER']
  const found = given ?? candidates.find((file) => fs.existsSync(file))
  if (found === undefined) throw new Error('No Chromium found. Install one or set ELECTRON_ON_CHROMIUM_BROWSER.')
  return found
}

/** Chromium's version, which apps read as process.versions.chrome. Read from a file because asking costs 30 ms. */
export function chromiumVersion(): string {
  const cached = path.join(path.dirname(findChromium()), 'VERSION')
  const text = fs.existsSync(cached) ? fs.readFileSync(cached, 'utf8') : spawnSync(findChromium(), ['--version']).stdout?.toString()
  return /\d+\.\d+\.\d+\.\d+/.exec(text ?? '')?.[0] ?? '0.0.0.0'
}

export function launchChromium({ profile, isTemporary, isHeadless, switches }: LaunchOptions): Chromium {
  const file = findChromium()
  prepareProfile(profile, switches.get('lang'))
  if (isTemporary) reaper().watchFolder(profile)
  const isRoot = process.getuid?.() === 0
  const child = spawn(file, chromiumFlags({ profile, switches, isHeadless, isRoot, startPage: undefined }), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: quietEnvironment(),
  })
  reaper().watchProcess(child)
  const announced = Promise.withResolvers<void>()
  passOn(child.stderr!, switches.has('enable-logging'), announced.promise)
  const { promise: hasExited, resolve } = Promise.withResolvers<{ code: number | null; signal: NodeJS.Signals | null }>()
  child.once('exit', (code, signal) => resolve({ code, signal }))
  return {
    cdp: createCdp(child.stdio[3] as Writable, child.stdio[4] as Readable),
    process: child,
    hasExited,
    announce: announced.resolve,
    openAppWindow: (url) => handOver(profile, [file, `--user-data-dir=${profile}`, `--app=${url}`]),
  }
}

/**
 * Says to the running browser what a second `chromium --app=…` would say, without the cost of starting one: the start
 * message of Chromium's process_singleton_posix.cc, fields separated by NUL, answered with ACK.
 */
async function handOver(profile: string, argv: string[]): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sayStart(profile, argv)
    } catch (error) {
      // The socket may still be that of a browser on its way out, or not there yet.
      if (attempt === 100) throw error
      await delay(20)
    }
  }
}

function sayStart(profile: string, argv: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path.join(profile, 'SingletonSocket'))
    socket.on('connect', () => socket.end(['START', process.cwd(), ...argv].join('\0')))
    socket.on('data', (answer: Buffer) => (answer.toString().startsWith('ACK') ? resolve() : reject(new Error(`Chromium answered ${answer.toString()}`))))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('Chromium did not answer')))
  })
}

function quietEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOOGLE_API_KEY: 'no', GOOGLE_DEFAULT_CLIENT_ID: 'no', GOOGLE_DEFAULT_CLIENT_SECRET: 'no', CHROME_HEADLESS: undefined }
}

/** Test drivers wait for the line that says where DevTools listens; the rest is the browser's small talk. */
function passOn(stderr: Readable, everything: boolean, announced: Promise<void>) {
  let line = ''
  stderr.on('data', (chunk: Buffer) => {
    const lines = (line + chunk.toString()).split('\n')
    line = lines.pop()!
    for (const each of lines) {
      if (each.startsWith('DevTools listening on ')) void announced.then(() => process.stderr.write(`${each}\n`))
      else if (everything) process.stderr.write(`${each}\n`)
    }
  })
}

const block = 2

/** Preferences that have no switch. Written before every start, so an app's profile cannot drift. */
function prepareProfile(profile: string, language: string | undefined) {
  const file = path.join(profile, 'Default', 'Preferences')
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  fs.closeSync(fs.openSync(path.join(profile, 'First Run'), 'a'))
  const preferences = {
    alternate_error_pages: { enabled: false },
    autofill: { credit_card_enabled: false, profile_enabled: false },
    browser: { custom_chrome_frame: false, enable_spellchecking: false, has_seen_welcome_page: true },
    credentials_enable_service: false,
    download: { prompt_for_download: false },
    // Electron shares screens only through a handler of the app's.
    hardware: { screen_capture_enabled: false },
    intl: language ? { accept_languages: language, selected_languages: language } : {},
    net: { network_prediction_options: 2 },
    profile: {
      exit_type: 'Normal',
      password_manager_enabled: false,
      // Choosers that Electron leaves to the app: without one, nothing is ever chosen.
      default_content_setting_values: { usb_guard: block, serial_guard: block, hid_guard: block, bluetooth_guard: block },
    },
    safebrowsing: { enabled: false },
    search: { suggest_enabled: false },
    signin: { allowed: false },
    translate: { enabled: false },
  }
  const merged = merge(readJson(file), preferences)
  // Chromium remembers where each window was by the address it was born at, and none is used twice.
  delete (merged['browser'] as Json)['app_window_placement']
  fs.writeFileSync(file, JSON.stringify(merged), { mode: 0o600 })
}

type Json = { [key: string]: unknown }

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function merge(base: Json, over: Json): Json {
  const result = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const below = result[key]
    result[key] = isObject(value) ? merge(isObject(below) ? below : {}, value) : value
  }
  return result
}

function readJson(file: string): Json {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Json
  } catch {
    return {}
  }
}
