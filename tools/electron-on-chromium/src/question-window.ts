import { BrowserWindowImpl } from './browser-window.ts'

export type Question = {
  title: string
  message: string
  detail: string
  buttons: string[]
  defaultId: number
  checkbox: { label: string; isChecked: boolean } | undefined
  /** A line to type into, with what stands there at first. */
  field: string | undefined
}
export type Answer = { button: number; isChecked: boolean; text: string }

/** Windows of the runtime's own, which the app must not meet in BrowserWindow.getAllWindows(). */
class QuestionWindow extends BrowserWindowImpl {
  override isInternal() {
    return true
  }
}

/** Runs in the question's page; resolves with what the user chose. */
function askInPage({ message, detail, buttons, defaultId, checkbox, field, title }: Question): Promise<Answer> {
  const add = <K extends keyof HTMLElementTagNameMap>(to: Element, tag: K, text: string, more: object = {}) =>
    to.appendChild(Object.assign(document.createElement(tag), { textContent: text }, more))
  document.title = title
  document.documentElement.lang = navigator.language
  const style = add(document.head, 'style', '')
  style.textContent = `body{font:14px system-ui,sans-serif;margin:20px;color-scheme:light dark}h1{font-size:16px;margin:0 0 8px;overflow-wrap:anywhere}
    p{white-space:pre-wrap;overflow-wrap:anywhere}footer{display:flex;gap:8px;justify-content:flex-end;margin-top:20px}button{padding:6px 16px;font:inherit}input[type=text]{width:100%;box-sizing:border-box}`
  const form = add(document.body, 'form', '')
  add(form, 'h1', message)
  if (detail) add(form, 'p', detail)
  const input = field === undefined ? undefined : add(form, 'input', '', { type: 'text', value: field, ariaLabel: message })
  const label = checkbox && add(form, 'label', '')
  const box = label && add(label, 'input', '', { type: 'checkbox', checked: checkbox.isChecked })
  if (label) label.append(checkbox.label)
  const footer = add(form, 'footer', '')
  return new Promise((resolve) => {
    const finish = (button: number) => resolve({ button, isChecked: box?.checked ?? false, text: input?.value ?? '' })
    buttons.forEach((name, index) => {
      const button = add(footer, 'button', name, { type: 'button', onclick: () => finish(index) })
      if (index === defaultId) (input ?? button).focus()
    })
    form.onsubmit = (event) => {
      event.preventDefault()
      finish(defaultId)
    }
  })
}

/** Resolves with null when the user closes the window. */
export async function ask(question: Question, parent: Electron.BrowserWindow | undefined): Promise<Answer | null> {
  const window = new QuestionWindow({ width: 460, height: 220, title: question.title, modal: parent !== undefined, resizable: false, ...(parent && { parent }) })
  const closed = new Promise<null>((resolve) => window.once('closed', () => resolve(null)))
  const answer = async () => {
    await window.loadURL('data:text/html,<!doctype html><meta charset=utf-8><body>')
    return (await window.webContents.executeJavaScript(`(${askInPage})(${JSON.stringify(question)})`)) as Answer
  }
  const result = await Promise.race([answer().catch(() => null), closed])
  if (!window.isDestroyed()) window.destroy()
  return result
}
