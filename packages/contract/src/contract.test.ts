import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import * as contract from './index.ts'

const isSchema = (value: unknown): value is z.ZodMiniType => value instanceof z.ZodMiniType

const SCHEMAS = Object.entries<unknown>(contract).filter((entry): entry is [string, z.ZodMiniType] =>
  isSchema(entry[1]),
)

/** Every schema that stands in a schema's definition, itself among them. */
const within = (schema: z.ZodMiniType, seen = new Set<z.ZodMiniType>()): Set<z.ZodMiniType> => {
  if (seen.has(schema)) return seen
  seen.add(schema)
  const visit = (value: unknown): void => {
    if (isSchema(value)) within(value, seen)
    else if (Array.isArray(value)) for (const item of value) visit(item)
  }
  for (const part of Object.values(schema.def)) visit(part)
  if (schema instanceof z.ZodMiniObject) for (const part of Object.values(schema.shape)) visit(part)
  return seen
}

/** How many of a schema's objects there are, and how many of them let through a key that they do not name. */
const objectsOf = (schema: z.ZodMiniType) => {
  const objects = [...within(schema)].filter((part) => part instanceof z.ZodMiniObject)
  return {
    count: objects.length,
    loose: objects.filter(({ def }) => !(def.catchall instanceof z.ZodMiniNever)).length,
  }
}

describe('the contract', () => {
  it('has for each input an output, and for each output an input', () => {
    const names = SCHEMAS.map(([name]) => name)
    const verbs = (ending: string): string[] =>
      names
        .filter((name) => name.endsWith(ending))
        .map((name) => name.slice(0, -ending.length))
        .toSorted()
    expect(verbs('Input')).toEqual(verbs('Output'))
    expect(verbs('Input').length).toBeGreaterThan(40)
  })

  it.each(SCHEMAS)('%s is strict, at whatever depth', (_name, schema) => {
    expect(objectsOf(schema).loose).toBe(0)
  })

  it('would be found out where it is not', () => {
    const loose = z.object({ id: contract.id })
    for (const planted of [
      loose,
      z.optional(loose),
      z.nullable(z.array(loose)),
      z.strictObject({ items: z.array(z.strictObject({ inner: loose })) }),
      z.union([z.strictObject({}), loose]),
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]),
      z.record(z.string(), loose),
      z._default(loose, { id: '' }),
      z.pipe(
        loose,
        z.transform((value) => value),
      ),
    ])
      expect(objectsOf(planted).loose).toBe(1)
    expect(objectsOf(contract.getUserOutput).count).toBeGreaterThan(5)
  })
})
