// @ts-check
/**
 * Loaded into a process before anything else (`node -r`): its keychain misbehaves when it is told to. Nothing of the product
 * knows of it.
 *
 * FAULT_KEYCHAIN names a file of four 32-bit integers, which another process changes at any time: how (see `ways`), how many
 * operations still pass, whether all later ones misbehave too, and how many were counted, which is written here.
 */
'use strict'
const fs = require('node:fs')
const { setTimeout } = require('node:timers/promises')
const keytar = require('keytar')

const control = fs.openSync(process.env['FAULT_KEYCHAIN'] ?? '', 'r+')
const slowMs = 500

/** @typedef {() => Promise<unknown>} Operation */
/** @type {((operation: Operation) => Promise<unknown>)[]} */
const ways = [
  (operation) => operation(),
  // Words of libsecret and of macOS, as keytar passes them on.
  () => Promise.reject(new Error('Cannot get secret of a locked object')),
  () => Promise.reject(new Error('The user name or passphrase you entered is not correct.')),
  () => Promise.reject(new Error('The name org.freedesktop.secrets was not provided by any .service files')),
  (operation) => setTimeout(slowMs).then(operation),
  () => new Promise(() => {}),
  (operation) => operation().then(() => Promise.reject(new Error('Timeout was reached'))),
]

/** @param {Operation} operation */
function misbehave(operation) {
  const plan = new Int32Array(4)
  fs.readSync(control, plan, 0, plan.byteLength, 0)
  const [how = 0, passing = 0, isLasting = 0, counted = 0] = plan
  if (how > 0) fs.writeSync(control, Int32Array.of(counted + 1), 0, 4, 12)
  const isIts = counted === passing || (counted > passing && isLasting === 1)
  return ways[how > 0 && isIts ? how : 0]?.(operation)
}

for (const name of /** @type {const} */ (['getPassword', 'setPassword'])) {
  const real = /** @type {(...args: any[]) => Promise<unknown>} */ (keytar[name])
  Object.assign(keytar, { [name]: (/** @type {any[]} */ ...args) => misbehave(() => real(...args)) })
}
