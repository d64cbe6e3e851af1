// @ts-check
/**
 * Loaded into a process before anything else (`node -r`). It announces every step that lasts, right before and right after
 * it: each commit and each other write of SQLite, each write to the keychain, each renamed or removed file, each request and
 * its answer. Nothing of the product knows of it, so what is killed is what ships.
 *
 * STEPS in the environment is JSON: `file` gets a line for each step, `name<TAB>what about`; at the occurrence number `nth`
 * of the step `name` in `dieAt` the process kills itself, and before that the one that `killToo` names by its number, or the
 * app's own gateway where it says `sandboxGateway`.
 */
'use strict'
const { subscribe } = require('node:diagnostics_channel')
const fs = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')
const { basename } = require('node:path')

/** @type {{ file: string, dieAt?: { name: string, nth: number, killToo?: number | 'sandboxGateway' } }} */
const plan = JSON.parse(process.env['STEPS'] ?? '')
const lines = fs.openSync(plan.file, 'a')
let left = plan.dieAt?.nth ?? 0

/**
 * @param {string} name
 * @param {string} [about]
 */
function step(name, about = '') {
  fs.writeSync(lines, `${name}\t${about}\n`)
  if (name !== plan.dieAt?.name || (left -= 1) > 0) return
  killToo(plan.dieAt.killToo)
  process.kill(process.pid, 'SIGKILL')
}

/** @param {number | 'sandboxGateway' | undefined} who */
function killToo(who) {
  const pid = who === 'sandboxGateway' ? globalThis.tuppenceSandbox?.gatewayPid() : who
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

/** The newest event that was committed: what the anchor is moved to. */
let newest = { type: '', about: '' }
watchStatements()
watchKeychain()
watchFiles()
watchRequests()

/**
 * What the transaction under way writes: the event where there is one, else the first table. Null outside of one.
 *
 * @typedef {{ type: string, about: string }} Written
 */
let transaction = /** @type {{ written: Written | null } | null} */ (null)

/** The prototype is changed, not the module: whoever has imported it already may have its own idea of that. */
function watchStatements() {
  const { prototype } = require('better-sqlite3')
  const { prepare, transaction: real } = prototype
  prototype.prepare = function (/** @type {string} */ sql) {
    const statement = prepare.call(this, sql)
    for (const name of ['run', 'all']) statement[name] = watchedStatement(sql, statement[name])
    return statement
  }
  prototype.transaction = function (/** @type {(...args: unknown[]) => unknown} */ work) {
    const run = real.call(this, (/** @type {unknown[]} */ ...args) => {
      transaction = { written: null }
      const result = work(...args)
      commits(transaction.written)
      return result
    })
    const kinds = ['deferred', 'immediate', 'exclusive'].map((kind) => [kind, watchedTransaction(run[kind])])
    return Object.assign(watchedTransaction(run), Object.fromEntries(kinds))
  }
}

/** @param {(...args: unknown[]) => unknown} run */
function watchedTransaction(run) {
  return (/** @type {unknown[]} */ ...args) => {
    try {
      const result = run(...args)
      if (transaction) committed(transaction.written)
      return result
    } finally {
      transaction = null
    }
  }
}

/**
 * @param {string} sql
 * @param {(...args: unknown[]) => unknown} run
 */
function watchedStatement(sql, run) {
  return function (/** @type {unknown[]} */ ...args) {
    const kind = /^\s*(begin|commit|rollback)?/i.exec(sql)?.[1]?.toLowerCase()
    const writes = writeOf(sql, args)
    const ending = transaction?.written ?? null
    if (kind === 'commit') commits(ending)
    if (writes && !transaction) step(`before write of ${writes.type}`)
    // @ts-expect-error the statement itself
    const result = run.apply(this, args)
    if (kind === 'commit') committed(ending)
    if (kind) transaction = kind === 'begin' ? { written: null } : null
    if (writes && transaction && (!transaction.written || isEvent(writes))) transaction.written = writes
    if (writes && !transaction) step(`after write of ${writes.type}`)
    return result
  }
}

/** @param {Written | null} written */
function commits(written) {
  if (written) step(`before commit of ${written.type}`, written.about)
}

/** @param {Written | null} written */
function committed(written) {
  if (!written) return
  if (isEvent(written)) newest = written
  step(`after commit of ${written.type}`, written.about)
}

const isEvent = (/** @type {Written} */ { type }) => type.includes('.')

/**
 * @param {string} sql
 * @param {unknown[]} args
 * @returns {Written | null}
 */
function writeOf(sql, args) {
  const table = /^\s*(?:insert(?: or \w+)? into|update|delete from) "?(\w+)/i.exec(sql)?.[1]
  if (table === undefined) return null
  // A payload is bound as its bytes.
  const texts = args.flat().filter((value) => typeof value === 'string' || Buffer.isBuffer(value)).map(String)
  const type = table === 'events' ? texts.find((text) => /^\w+\.\w+$/.test(text)) : undefined
  return { type: type ?? table, about: type ? (/"purchaseId":"([\w-]+)"/.exec(texts.at(-1) ?? '')?.[1] ?? '') : '' }
}

function watchKeychain() {
  const keytar = require('keytar')
  const { setPassword } = keytar
  keytar.setPassword = async (/** @type {string} */ service, /** @type {string} */ account, /** @type {string} */ value) => {
    const secret = account.replace(/@.*/, '')
    const name = secret === 'log-anchor' ? `anchor of ${newest.type || 'the log'}` : secret
    const { about } = newest
    step(`before keychain ${name}`, about)
    const result = await setPassword(service, account, value)
    step(`after keychain ${name}`, about)
    return result
  }
}

function watchFiles() {
  for (const name of /** @type {const} */ (['renameSync', 'rmSync'])) {
    const real = /** @type {(...args: any[]) => any} */ (fs[name])
    Object.assign(fs, {
      [name]: (/** @type {any[]} */ ...args) => {
        const file = basename(String(args[0])).replace(/[\dTZ-]{6,}/g, '…')
        step(`before ${name} of ${file}`)
        const result = real(...args)
        step(`after ${name} of ${file}`)
        return result
      },
    })
  }
  syncBuiltinESMExports()
}

/** undici tells everybody in the process: https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md */
function watchRequests() {
  const announce = (/** @type {string} */ channel, /** @type {string} */ words) =>
    subscribe(channel, (message) => {
      const { request, headers } = /** @type {{ request: Sent, headers?: unknown }} */ (message)
      if (typeof headers === 'string') keys.set(request, /idempotency-key: ([\w-]+)/i.exec(headers)?.[1] ?? '')
      step(`${words} ${routeOf(request)}`, keys.get(request))
    })
  announce('undici:client:sendHeaders', 'before request')
  announce('undici:request:bodySent', 'after request')
  announce('undici:request:headers', 'before answer')
  announce('undici:request:trailers', 'after answer')
}

/** @typedef {{ method: string, path: string }} Sent */
/** @type {WeakMap<Sent, string>} */
const keys = new WeakMap()

/** @param {Sent} request */
function routeOf({ method, path }) {
  return `${method} ${path.replace(/\?.*/, '').replace(/[\da-f]{8}-[\da-f-]{27}/, '{key}')}`
}
