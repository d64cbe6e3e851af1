// @ts-check
/** Electron's types, less everything that is not on a list: whatever else is used is then an error of types. */
import { parseSync } from '@swc/core'

/**
 * By class or module, its members; an event in quotes of its own.
 *
 * @typedef {Readonly<Record<string, readonly string[]>>} Apis
 * @typedef {{ start: number, end: number }} Span
 * @typedef {{ type: string, span: Span, key?: { value?: string }, params?: any[], [more: string]: any }} Member
 * @typedef {{ name: string, parents: Parent[], members: Member[] }} Api
 * @typedef {{ name: string, clause: Span }} Parent
 */

const listening = new Set(['on', 'once', 'off', 'addListener', 'removeListener'])

/**
 * @param {string} types electron.d.ts
 * @param {Apis} allowed
 * @returns {{ text: string, known: string[], dropped: number }} `known`: all classes and modules there are
 */
export function narrowElectron(types, allowed) {
  const bytes = Buffer.from(types)
  const { apis, offset } = readApis(types)
  const kept = keptMembers(apis, allowed)
  /** @type {Span[]} */
  const cuts = []
  /** @type {Span[]} */
  const foreign = []
  for (const api of apis.values()) {
    for (const parent of api.parents) if (!apis.has(parent.name)) foreign.push(parent.clause)
    for (const member of api.members) if (!kept.get(api.name)?.has(nameOf(member))) cuts.push(member.span)
  }
  for (const { start, end } of [...cuts, ...foreign]) bytes.fill(' ', start - offset, end - offset)
  // Node's emitter would let any event be listened to.
  for (const { start } of foreign) bytes.write('Bare', start - offset)
  return { text: `${bytes.toString()}\ndeclare class Bare {}\n`, known: [...apis.keys()], dropped: cuts.length }
}

/** @param {string} types */
function readApis(types) {
  const program = /** @type {any} */ (parseSync(types, { syntax: 'typescript' }))
  const electron = program.body.find((/** @type {any} */ one) => one.type === 'TsModuleDeclaration' && one.id.value === 'Electron').body.body
  const declared = electron.map((/** @type {any} */ one) => one.declaration ?? one)
  // Classes, and the modules that Electron hands out; all other interfaces say what is passed to and fro.
  const modules = new Set(declared.filter((/** @type {any} */ one) => one.type === 'TsModuleDeclaration').flatMap((/** @type {any} */ one) => one.body.body.map(moduleType)))
  /** @type {Map<string, Api>} */
  const apis = new Map()
  for (const one of declared) {
    const name = (one.identifier ?? one.id)?.value
    if (one.type !== 'ClassDeclaration' && !(one.type === 'TsInterfaceDeclaration' && modules.has(name))) continue
    const members = one.type === 'ClassDeclaration' ? one.body : one.body.body
    apis.set(name, { name, members, parents: parentsOf(one) })
  }
  // swc counts bytes, and on from what it has read before.
  const [first] = program.body
  return { apis, offset: first.span.start - Buffer.byteLength(types.slice(0, types.indexOf(`type ${first.id.value}`))) }
}

/** @param {any} one `const app: App` */
const moduleType = (one) => (one.declaration ?? one).declarations?.[0]?.id.typeAnnotation?.typeAnnotation.typeName?.value

/**
 * @param {any} one
 * @returns {Parent[]}
 */
function parentsOf(one) {
  if (one.type === 'ClassDeclaration') return one.superClass ? [{ name: one.superClass.value, clause: one.superClass.span }] : []
  return one.extends.map((/** @type {any} */ parent) => ({ name: parent.expression.value ?? parent.expression.property?.value, clause: parent.span }))
}

/** @param {Member} member */
function nameOf(member) {
  if (member.type === 'Constructor') return 'constructor'
  const name = member.key?.value ?? ''
  const event = listening.has(name) ? eventOf(member) : undefined
  return event === undefined ? name : `'${event}'`
}

/** @param {Member} member */
function eventOf(member) {
  const [first] = member.params ?? member['function']?.params ?? []
  return (first?.pat ?? first)?.typeAnnotation?.typeAnnotation?.literal?.value
}

/**
 * A member may be declared by a parent.
 *
 * @param {Map<string, Api>} apis
 * @param {Apis} allowed
 * @throws where something is listed that Electron does not have
 */
function keptMembers(apis, allowed) {
  /** @type {Map<string, Set<string>>} */
  const kept = new Map()
  for (const [name, members] of Object.entries(allowed)) {
    for (const member of members) {
      const owners = [...withParents(apis, name)].filter((api) => api.members.some((one) => nameOf(one) === member))
      if (owners.length === 0) throw new Error(`Electron has no ${name} ${member}.`)
      for (const owner of owners) kept.set(owner.name, (kept.get(owner.name) ?? new Set()).add(member))
    }
  }
  return kept
}

/**
 * @param {Map<string, Api>} apis
 * @param {string} name
 * @returns {Generator<Api>}
 */
function* withParents(apis, name) {
  const api = apis.get(name)
  if (!api) return
  yield api
  for (const parent of api.parents) yield* withParents(apis, parent.name)
}
