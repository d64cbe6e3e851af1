/** What crosses the border about the state of every safeguard, and about what the app may do and has done. */
import * as v from 'valibot'
import { IdSchema, InstantSchema } from '../text.ts'
import { FileProblemSchema } from './documents.ts'

const CountSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const SafeguardStateSchema = v.picklist(['good', 'attention', 'bad', 'unknown'])
export type SafeguardState = v.InferOutput<typeof SafeguardStateSchema>

export const SafeguardIdSchema = v.picklist([
  'keychain', 'ledger', 'countersigned', 'connection', 'certificate', 'people', 'lockOut', 'sandboxing', 'isolation', 'runtime',
  'database', 'flavour', 'clock', 'backup', 'fuses',
])
export type SafeguardId = v.InferOutput<typeof SafeguardIdSchema>

export const TodoSchema = v.picklist([
  'unlockKeychain', 'installKeychain', 'checkLedger', 'measureAgain', 'repairLedger', 'reachGateway', 'doNotBuy', 'installAnew', 'updateApp',
  'setCredentials', 'askWhoTried', 'startProperly', 'useProduction', 'setClock', 'backUp',
])
export type Todo = v.InferOutput<typeof TodoSchema>

export const FindingSchema = v.picklist([
  'keychain.ready', 'keychain.locked', 'keychain.absent', 'keychain.timedOut',
  'ledger.clean', 'ledger.old', 'ledger.running', 'ledger.notYet', 'ledger.notPossible', 'ledger.tampered', 'ledger.unusable',
  'countersigned.current', 'countersigned.behind', 'countersigned.never', 'countersigned.unknown',
  'connection.good', 'connection.weak', 'connection.notTrusted', 'connection.none', 'connection.notConfigured',
  'certificate.good', 'certificate.endsSoon', 'certificate.ended', 'certificate.notTrusted', 'certificate.none',
  'people.alone', 'people.all', 'people.missing', 'people.unknown',
  'lockOut.none', 'lockOut.waiting', 'lockOut.unknown',
  'sandboxing.all', 'sandboxing.missing', 'sandboxing.unknown',
  'isolation.all', 'isolation.missing', 'isolation.unknown',
  'runtime.good', 'runtime.knownBad', 'runtime.unsupported', 'runtime.oldList', 'runtime.unknown',
  'database.good', 'database.knownBad', 'database.unknown',
  'flavour.production', 'flavour.sandbox',
  'clock.good', 'clock.off', 'clock.farOff', 'clock.unknown',
  'backup.good', 'backup.nothingToLose', 'backup.none', 'backup.old', 'backup.veryOld', 'backup.unknown',
  'fuses.set', 'fuses.notSet', 'fuses.notPackaged', 'fuses.notFound',
])
export type Finding = v.InferOutput<typeof FindingSchema>

/** `at` is when what it rests on was looked at. */
export const SafeguardSchema = v.strictObject({
  id: SafeguardIdSchema,
  finding: FindingSchema,
  state: SafeguardStateSchema,
  todo: v.nullable(TodoSchema),
  /** What was measured, for words to be put around. */
  measured: v.record(v.string(), v.union([v.string(), v.number()])),
  at: InstantSchema,
})
export type Safeguard = v.InferOutput<typeof SafeguardSchema>

/** A computer that was spoken to. `refused` counts connections that were ended before anything was sent, as somebody else was there. */
export const HostSchema = v.strictObject({
  host: v.pipe(v.string(), v.maxLength(255)),
  connections: CountSchema,
  refused: CountSchema,
  requests: CountSchema,
  first: InstantSchema,
  last: InstantSchema,
})

export const FileKindSchema = v.picklist(['ledger', 'index', 'setAside', 'backups', 'preferences', 'views', 'connections', 'lock', 'testGateway', 'browser', 'other'])
export type FileKind = v.InferOutput<typeof FileKindSchema>

/** Files of one kind in the data folder; `names` are the first few. */
export const KeptFilesSchema = v.strictObject({ kind: FileKindSchema, names: v.array(v.string()), files: CountSchema, bytes: CountSchema })

/** What was sent for a purchase, letter by letter but for line breaks and indents; and what the two signed texts in it say. */
export const SentSchema = v.strictObject({
  purchaseId: IdSchema,
  /** When it was approved. */
  at: InstantSchema,
  request: v.string(),
  headers: v.array(v.string()),
  body: v.string(),
  authorisation: v.string(),
  quote: v.string(),
})
export type Sent = v.InferOutput<typeof SentSchema>

/** A name under which the keychain keeps something; never what. `whose` is there for those who may know. */
export const SecretSchema = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(150)),
  kind: v.picklist(['deviceKey', 'logKey', 'logAnchor', 'session', 'member']),
  whose: v.nullable(v.string()),
  /** Null where the keychain could not be asked. */
  isThere: v.nullable(v.boolean()),
})
export type Secret = v.InferOutput<typeof SecretSchema>

export const PostureSchema = v.strictObject({
  measuredAt: InstantSchema,
  version: v.string(),
  sandbox: v.boolean(),
  /** What needs somebody first. */
  safeguards: v.array(SafeguardSchema),
  /** What was asked of the operating system by pages since the start; every one was denied. */
  denied: v.array(v.strictObject({ permission: v.string(), times: CountSchema })),
  /** Null where the counts cannot be read. */
  hosts: v.nullable(v.array(HostSchema)),
  /** Null where the folder cannot be read. */
  files: v.nullable(v.array(KeptFilesSchema)),
  lastPurchase: v.variant('kind', [
    v.strictObject({ kind: v.literal('sent'), ...SentSchema.entries }),
    v.strictObject({ kind: v.picklist(['none', 'locked', 'unavailable']) }),
  ]),
  keychain: v.array(SecretSchema),
})
export type Posture = v.InferOutput<typeof PostureSchema>

export const PostureFormatSchema = v.picklist(['pdf', 'json'])
export type PostureFormat = v.InferOutput<typeof PostureFormatSchema>

export const SavedPostureSchema = v.variant('kind', [
  /** `name` is that of the file, without its folder. */
  v.strictObject({ kind: v.literal('written'), name: v.string() }),
  v.strictObject({ kind: v.picklist(['cancelled', 'busy', 'locked']) }),
  /** The keychain did not give the key to sign with. */
  v.strictObject({ kind: v.literal('notSigned') }),
  v.strictObject({ kind: v.literal('failed'), problem: FileProblemSchema }),
])
export type SavedPosture = v.InferOutput<typeof SavedPostureSchema>
