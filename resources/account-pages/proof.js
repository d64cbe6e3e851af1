// @ts-check
/** The proof of work of a form: begins when the form is first touched, says what it does, and holds the form back until it is done. */
import { hiddenField, send } from './send.js'
import { scriptUrl } from './trusted.js'

const slowAfterMs = 5000

/**
 * @param {HTMLElement} box
 * @param {'working' | 'slow' | 'sending' | 'done' | 'failed'} state one of the words that the page has brought along
 */
function say(box, state) {
  box.dataset['state'] = state === 'slow' || state === 'sending' ? 'working' : state
  const line = box.querySelector('[role=status]')
  if (line) line.textContent = box.dataset[state] ?? ''
}

/**
 * @param {unknown} challenge
 * @returns {Promise<string>}
 */
function work(challenge) {
  const worker = new Worker(scriptUrl('proof-worker.js'), { type: 'module' })
  /** @type {Promise<string>} */
  const payload = new Promise((resolve, reject) => {
    worker.addEventListener('error', () => reject(new Error('the worker failed')))
    worker.addEventListener('message', ({ data }) => {
      const { payload: found } = /** @type {{ payload: string | null }} */ (data)
      if (found === null) reject(new Error('the challenge was not solved'))
      else resolve(found)
    })
  })
  worker.postMessage(challenge)
  return payload.finally(() => worker.terminate())
}

/** @param {HTMLElement} box */
export function enhanceProof(box) {
  const form = box.closest('form')
  if (!form) return
  const field = hiddenField(form, 'proof')
  /** @type {Promise<boolean> | null} */
  let running = null
  /** @type {HTMLElement | null} */
  let held = null

  async function prove() {
    say(box, held ? 'sending' : 'working')
    const slow = setTimeout(() => say(box, held ? 'sending' : 'slow'), slowAfterMs)
    try {
      field.value = await work(await send(box.dataset['proof'] ?? '', /** @type {HTMLFormElement} */ (form)))
      say(box, 'done')
      return true
    } catch {
      say(box, 'failed')
      return false
    } finally {
      clearTimeout(slow)
    }
  }

  function start() {
    running ??= prove().then((isDone) => {
      if (!isDone) running = null
      return isDone
    })
    return running
  }

  form.addEventListener('input', () => void start())
  form.addEventListener('pointerdown', () => void start())
  // Before all others, so that nobody takes a form for sent that is still held back.
  form.addEventListener(
    'submit',
    (event) => {
      if (field.value !== '') return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (held) return
      held = event.submitter ?? form
      if (running) say(box, 'sending')
      void start().then((isDone) => {
        const submitter = held instanceof HTMLFormElement ? null : held
        held = null
        if (isDone) form.requestSubmit(submitter)
      })
    },
    { capture: true },
  )
  if ('atOnce' in box.dataset) void start()
}
