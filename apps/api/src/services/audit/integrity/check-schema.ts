import { type Connection, compareCatalog, type Difference, readCatalog, readManifest } from '@chartward/db'
import type { Findings } from './findings.ts'

/** What it means that an object of this kind is not as the migrations make it, by its first words. */
const MEANING: readonly (readonly [kind: string, meaning: string])[] = [
  ['trigger', 'a trigger refuses rewriting and queues entries, or can swallow and change what is stored'],
  ['event trigger', 'it runs at changes of the schema and can make or undo them unseen'],
  ['rule', 'a rule makes other statements of ours'],
  ['policy', 'policies say whose rows a transaction sees'],
  ['grant', 'a login may do more, or less, than it should'],
  ['default grant', 'what is made later is given to somebody at once'],
  ['login', 'a login of ours has powers that it should not have'],
  ['membership', 'a login of ours has what another role may'],
  ['setting', 'it can switch off triggers or row-level security, or put other tables before ours'],
  ['function', 'what triggers and policies do is said by functions'],
  ['constraint', 'what the database refuses to store has changed'],
  ['index', 'what must be unique, or is quickly found, has changed'],
  ['column', 'a column is not what the application takes it for'],
  ['view', 'a view stands where the application looks'],
  ['table', 'its owner, its row-level security or its place among the partitions is another'],
  ['schema', 'whoever owns a schema, or may make things in it, can replace what is in it'],
]

const SAID: Readonly<Record<Difference['what'], string>> = {
  gone: 'is gone',
  added: 'is not of ours',
  changed: 'is not what our migrations made',
}

/**
 * Compares triggers, functions, grants, policies, owners, constraints and logins of the database with what
 * the migrations make, and names each difference with what it means.
 */
export const checkSchema = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  for (const { object, what } of compareCatalog(await readCatalog({ sql }), readManifest())) {
    const [, meaning = ''] = MEANING.find(([kind]) => object.startsWith(`${kind} `)) ?? []
    findings.add('schema-changed', `${object} ${SAID[what]}: ${meaning}`)
  }
}
