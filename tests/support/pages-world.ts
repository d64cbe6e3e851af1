/** A real gateway with its pages, and people in front of browsers without a face. */
import type { DeviceAuthorization } from '../../src/contract/http/account-messages.ts'
import type { OutboxMessage } from '../../src/contract/http/sandbox-routes.ts'
import type { GatewayOptions } from '../../src/gateway/create-gateway.ts'
import type { TestDevice } from './gateway-client.ts'
import { cheapWork, goodPassword } from './identity-world.ts'
import { oauthCalls } from './signing-in.ts'
import { createVisitor, type Seen, type Visitor } from './page-visitor.ts'
import { startTestGateway, type TestWorld } from './test-gateway.ts'

export interface WaitingScreen {
  readonly device: TestDevice
  readonly userCode: string
  readonly deviceCode: string
}

export interface PagesWorld extends TestWorld {
  readonly origin: string
  /** With a browser of their own; it ends with the world. */
  readonly visitor: (language?: 'en' | 'de') => Visitor
  readonly messages: () => Promise<readonly OutboxMessage[]>
  /** The newest code of six digits that went there. */
  readonly codeTo: (to: string) => Promise<string>
  /** Through the pages, up to where the person is signed in. */
  readonly signUp: (visitor: Visitor, email: string, password?: string) => Promise<Seen>
  /** With password and the code by mail that follows it. */
  readonly signIn: (visitor: Visitor, email: string, password?: string) => Promise<Seen>
  readonly waitingScreen: (fields?: Readonly<Record<string, string>>) => Promise<WaitingScreen>
  readonly oauth: ReturnType<typeof oauthCalls>
}

export async function startPagesWorld(options: Partial<GatewayOptions> = {}): Promise<PagesWorld> {
  const world = await startTestGateway({ accountWork: cheapWork, ...options })
  const { gateway, client } = world
  const origin = gateway.publicUrl
  const visitors: Visitor[] = []
  const oauth = oauthCalls(client)

  async function messages(): Promise<readonly OutboxMessage[]> {
    const answer = await client.send('/sandbox/outbox', { headers: { authorization: `Bearer ${gateway.controlToken}` } })
    return answer.body['messages'] as OutboxMessage[]
  }

  async function codeTo(to: string): Promise<string> {
    const codes = (await messages()).filter((message) => message.to === to).flatMap(({ text }) => /^(\d{6})\b/m.exec(text)?.[1] ?? [])
    const newest = codes.at(-1)
    if (!newest) throw new Error(`no code went to ${to}`)
    return newest
  }

  async function signUp(visitor: Visitor, email: string, password = goodPassword): Promise<Seen> {
    await visitor.get('/account/sign-up')
    await visitor.send('/account/sign-up', { email, password, proof: await visitor.prove() })
    return visitor.send('/account/sign-up/code', { code: await codeTo(email) })
  }

  async function signIn(visitor: Visitor, email: string, password = goodPassword): Promise<Seen> {
    await visitor.get('/account/sign-in')
    await visitor.send('/account/sign-in', { email, password, way: 'password' })
    return visitor.send('/account/sign-in/second', { way: 'email', code: await codeTo(email) })
  }

  return {
    ...world,
    ...{ origin, messages, codeTo, signUp, signIn, oauth },
    visitor(language = 'en') {
      const visitor = createVisitor(origin, { language })
      visitors.push(visitor)
      return visitor
    },
    async waitingScreen(fields = {}) {
      const device = await client.enrolledDevice()
      const { user_code: userCode, device_code: deviceCode } = (await oauth.begin(device, { scope: 'profile:read purchase', ...fields })).body as unknown as DeviceAuthorization
      return { device, userCode, deviceCode }
    },
    async close() {
      await Promise.all(visitors.map((visitor) => visitor.close()))
      await world.close()
    },
  }
}
