/** The controls and what was spent under them outlive the gateway's process, however that ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { migrations } from '../../../src/gateway/store/migrations.ts'
import { applicationId } from '../../../src/gateway/store/open-store.ts'
import { controlCalls, controlsWithLimit, excludedUntil, householdOfFour, looserDay, memberCap, statementIn } from '../../support/control-calls.ts'
import { createGatewayClient, type GatewayClient, type TestDevice } from '../../support/gateway-client.ts'
import { makeTempDir, startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

const dayMs = 24 * 60 * 60_000
const tea = 'nachtzug-tea'
const outcomeOf = async (bought: ReturnType<GatewayClient['buy']>) => bought.then(({ body }) => body['code'] ?? body['status'])

describe('a restart', () => {
  it('P4 P5 keeps limits, what was spent, what waits and since when, and the exclusion', async () => {
    let world: TestWorld = await startTestGateway()
    const device = await world.client.enrolledDevice()
    const calls = () => controlCalls(world.client)
    await calls().tighten(device, controlsWithLimit('9'))
    await world.client.buy(device, tea)
    await calls().ask(device, 'change-1', looserDay('18'))
    const before = await calls().read(device)
    world = await world.restart()
    expect(await calls().read(device)).toEqual({ ...before, nonce: expect.any(String) as unknown })
    expect(await outcomeOf(world.client.buy(device, tea))).toBe('limitReached')
    world.clock.nowMs += dayMs - 1
    expect((await calls().confirm(device, 'change-1')).body['code']).toBe('controlTooEarly')
    world = await world.restart()
    world.clock.nowMs += 1
    expect(statementIn(await calls().confirm(device, 'change-1')).controls).toEqual(controlsWithLimit('18'))
    world = await world.restart()
    expect(statementIn(await calls().confirm(device, 'change-1')).controls).toEqual(controlsWithLimit('18'))
    await calls().tighten(device, excludedUntil('2027-11-24T09:00:00.000Z', '2026-11-24T09:00:00.000Z'))
    world = await world.restart()
    expect(await outcomeOf(world.client.buy(await world.client.enrolledDevice(), tea))).toBe('excluded')
    await world.close()
  })

  it('P4 P5 P8 keeps who is in the household, what each of them spent, and who of them is excluded', async () => {
    let world: TestWorld = await startTestGateway()
    const device = await world.client.enrolledDevice()
    const exclusions = [{ memberId: 'ada', begunAt: '2026-11-23T09:00:00.000Z', until: '2026-12-23T09:00:00.000Z', returnAskedAt: null }]
    await controlCalls(world.client).tighten(device, { ...householdOfFour, limits: [memberCap('kim', '9'), memberCap('tom', '0')], exclusions })
    await world.client.buy(device, tea, { memberId: 'kim' })
    await world.client.buy(device, tea, { memberId: 'tom', approvedBy: 'gina' })
    const before = await controlCalls(world.client).read(device)
    world = await world.restart()
    expect(await controlCalls(world.client).read(device)).toEqual({ ...before, nonce: expect.any(String) as unknown })
    const buy = (memberId?: string) => outcomeOf(world.client.buy(device, tea, memberId === undefined ? {} : { memberId }))
    expect([await buy('kim'), await buy('ada'), await buy(), await buy('gina')]).toEqual(['limitReached', 'excluded', 'memberInvalid', 'succeeded'])
    await world.close()
  })

  it('P4 of a gateway’s folder from before there were members: what was charged is nobody’s own, and counts for the household', async () => {
    const first = await startTestGateway()
    const device = await first.client.enrolledDevice()
    await controlCalls(first.client).tighten(device, controlsWithLimit('27'))
    await first.client.buy(device, tea)
    await first.gateway.close()
    asVersion(3, join(first.dataDir, 'gateway.sqlite'))
    const second = await first.restart()
    await controlCalls(second.client).tighten(device, { ...householdOfFour, limits: [memberCap('kim', '9'), memberCap('tom', '0')] })
    const buy = (memberId: string) => outcomeOf(second.client.buy(device, tea, { memberId }))
    expect([await buy('kim'), await buy('kim'), await buy('gina'), await buy('gina')]).toEqual(['succeeded', 'limitReached', 'succeeded', 'limitReached'])
    await second.close()
  })

  it('P4 of an older gateway’s folder: what was charged before counts', async () => {
    const first = await startTestGateway()
    const device = await first.client.enrolledDevice()
    await first.client.buy(device, tea)
    await first.restart().then(({ gateway }) => gateway.close())
    asVersion(2, join(first.dataDir, 'gateway.sqlite'))
    const second = await first.restart()
    await controlCalls(second.client).tighten(device, controlsWithLimit('17'))
    expect(await outcomeOf(second.client.buy(device, tea))).toBe('limitReached')
    await second.close()
  })
})

/** The database as a gateway of that version would have written it: its tables and columns, with what is in them now. */
function asVersion(version: number, path: string): void {
  const database = new Database(`${path}.older`)
  for (const statements of migrations.slice(0, version)) database.exec(statements)
  database.pragma('foreign_keys = OFF')
  database.exec(`ATTACH '${path}' AS newer; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`)
  const namesIn = (sql: string) => database.prepare(sql).pluck().all() as string[]
  for (const table of namesIn(`SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)) {
    const columns = namesIn(`SELECT name FROM pragma_table_info('${table}', 'main')`).join()
    database.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM newer.${table}`)
  }
  database.close()
  renameSync(`${path}.older`, path)
}

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A gateway in a process of its own, which can be killed. */
async function startProcess(dataDir: string) {
  const cli = fileURLToPath(new URL('../../../src/gateway/cli.ts', import.meta.url))
  const child = spawn(process.execPath, [cli, '--data', dataDir, '--requests-per-minute', '100000'], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  let text = ''
  for await (const part of child.stdout.setEncoding('utf8')) {
    text += part as string
    if (text.trimEnd().split('\n').length >= 4) break
  }
  const value = (name: string) => new RegExp(`^${name}.*: (.*)$`, 'm').exec(text)?.[1] ?? ''
  const client = createGatewayClient({ url: value('URL'), pin: value('Pin'), controlToken: value('Control token') })
  return { child, client, calls: controlCalls(client) }
}

async function kill(child: ChildProcess, client: GatewayClient): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
  await client.close()
}

describe('a kill', () => {
  it('P4 in the middle of many purchases at once leaves no more charged than the limit, and the rest of it still to be had', async () => {
    const dataDir = makeTempDir()
    const mostCharges = 6
    let device: TestDevice | undefined
    for (let life = 0; life < 3; life += 1) {
      const { child, client, calls } = await startProcess(dataDir)
      device ??= await client.enrolledDevice()
      const by = device
      expect((await calls.tighten(by, controlsWithLimit(String(mostCharges * 9), 'month'))).status).toBe(200)
      const requests = await Promise.all(Array.from({ length: 4 }, () => client.approved(by, tea)))
      const answered = requests.map((request) => client.purchase(by, request).catch(() => null))
      await Promise.race(answered)
      await kill(child, client)
      await Promise.all(answered)
    }
    const { client, calls } = await startProcess(dataDir)
    const second = await client.enrolledDevice()
    expect((await calls.read(second)).controls).toEqual(controlsWithLimit(String(mostCharges * 9), 'month'))
    const before = (await client.charges()).length
    expect(before).toBeGreaterThanOrEqual(3)
    for (let left = mostCharges - before; left > 0; left -= 1) expect(await outcomeOf(client.buy(second, tea))).toBe('succeeded')
    expect(await outcomeOf(client.buy(second, tea))).toBe('limitReached')
    expect(await client.charges()).toHaveLength(mostCharges)
    await client.close()
  })

  it('P5 right after the answer takes back no tightening and no exclusion', async () => {
    const dataDir = makeTempDir()
    const first = await startProcess(dataDir)
    const device = await first.client.enrolledDevice()
    const now = Date.now()
    const until = new Date(now + 30 * dayMs).toISOString()
    const answer = await first.calls.tighten(device, { ...controlsWithLimit('500'), exclusion: excludedUntil(until, new Date(now).toISOString()).exclusion })
    await kill(first.child, first.client)
    const second = await startProcess(dataDir)
    expect((await second.calls.read(device)).controls).toEqual(statementIn(answer).controls)
    expect(await outcomeOf(second.client.buy(device, tea))).toBe('excluded')
    await second.client.close()
  })
})
