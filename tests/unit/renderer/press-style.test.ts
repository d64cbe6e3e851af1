import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const renderer = new URL('../../../src/renderer/', import.meta.url)
const text = (path: string) => readFile(new URL(path, renderer), 'utf8')

it('leaves react-aria no style element to inject, which the policy would refuse', async () => {
  const components = createRequire(import.meta.url).resolve('react-aria-components/package.json')
  const react = join(dirname(components), '..', 'react-aria')
  const usePress = await readFile(join(react, 'dist/private/interactions/usePress.mjs'), 'utf8')
  const [, id = ''] = /STYLE_ID = '([^']+)'/.exec(usePress) ?? []
  const [, attribute = ''] = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(usePress) ?? []
  expect(id).not.toBe('')
  expect(attribute).not.toBe('')
  expect(await text('launcher/index.html')).toContain(`id="${id}"`)
  expect(await text('styles/press.css')).toContain(`[${attribute}]`)
})
