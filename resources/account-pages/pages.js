// @ts-check
/** Makes the pages smoother. All but the proof of work and passkeys works without it. */
import { enhancePasskey } from './passkeys.js'
import { enhanceProof } from './proof.js'

/**
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} type
 * @param {(element: E) => void} enhance
 */
function each(selector, type, enhance) {
  for (const element of document.querySelectorAll(selector)) if (element instanceof type) enhance(element)
}

/** A code that is complete sends itself; one that came back wrong waits for a press. */
each('[data-sends-at]', HTMLInputElement, (field) => {
  field.addEventListener('input', () => {
    const digits = field.value.replaceAll(/[\s-]/g, '')
    if (/^\d+$/.test(digits) && digits.length === Number(field.dataset['sendsAt'])) field.form?.requestSubmit()
  })
})

/** A form that is under way is not sent once more. */
each('form[data-once]', HTMLFormElement, (form) => {
  let isUnderWay = false
  form.addEventListener('submit', (event) => {
    if (isUnderWay) return event.preventDefault()
    isUnderWay = true
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true')
    return undefined
  })
  // Whoever comes back to it may send it again.
  addEventListener('pageshow', () => {
    isUnderWay = false
    for (const button of form.querySelectorAll('button')) button.removeAttribute('aria-disabled')
  })
})

each('[data-proof]', HTMLElement, enhanceProof)
each('form[data-passkey]', HTMLFormElement, enhancePasskey)

each('[data-print]', HTMLButtonElement, (button) => button.addEventListener('click', () => print()))

each('[data-copy]', HTMLButtonElement, (button) => {
  const line = button.parentElement?.parentElement?.querySelector('[role=status]')
  button.addEventListener('click', () => {
    const text = [...document.querySelectorAll(button.dataset['copy'] ?? '')].map((element) => element.textContent).join('\n')
    void navigator.clipboard.writeText(text).then(() => {
      if (line) line.textContent = button.dataset['copied'] ?? ''
    })
  })
})

/** Moments in the zone that the person lives in. */
each('time[datetime]', HTMLTimeElement, (time) => {
  const { lang } = document.documentElement
  const zoned = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'medium', timeStyle: 'short' })
  time.textContent = zoned.format(new Date(time.dateTime))
})
