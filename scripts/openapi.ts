/** `node scripts/openapi.ts` writes docs/openapi.json; with `--check` it only says whether that file is current. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openApiDocument } from '../src/gateway/openapi.ts'

const path = fileURLToPath(new URL('../docs/openapi.json', import.meta.url))
const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`

if (!process.argv.includes('--check')) {
  writeFileSync(path, text)
} else if (readFileSync(path, 'utf8') !== text) {
  console.error('docs/openapi.json is stale: run `node scripts/openapi.ts`.')
  process.exitCode = 1
}
