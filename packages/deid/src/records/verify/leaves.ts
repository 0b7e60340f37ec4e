import { csvReader } from '../../shared/verifiers/csv-records.ts'

/** One value or one name of a release file. `field` and `key` are empty for a name. */
export interface Leaf {
  readonly line: number
  readonly field: string
  readonly key: string
  readonly value: string
  readonly isName: boolean
}

/** A line that cannot be read as its format says: what it holds cannot be confirmed to be harmless. */
export interface Unreadable {
  readonly line: number
  readonly unreadable: true
}

function* jsonLeaves(line: number, field: string, key: string, value: unknown): Generator<Leaf> {
  if (Array.isArray(value)) for (const item of value) yield* jsonLeaves(line, field, key, item)
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      yield { line, field: '', key: '', value: name, isName: true }
      yield* jsonLeaves(line, field === '' ? name : field, name, member)
    }
  else if (value !== null && value !== undefined)
    yield { line, field, key, value: String(value), isName: false }
}

/** A number as its text: what a double would round away could be part of an identifier. */
const asWritten = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' ? (context?.source ?? value) : value

function* jsonLine(line: number, text: string): Generator<Leaf | Unreadable> {
  if (text.trim() === '') return
  let value: unknown
  try {
    value = JSON.parse(text, asWritten)
  } catch {
    yield { line, unreadable: true }
    yield { line, field: '', key: '', value: text, isName: false }
    return
  }
  yield* jsonLeaves(line, '', '', value)
}

export async function* ndjsonLeaves(
  chunks: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Leaf | Unreadable> {
  let rest = ''
  let line = 0
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) yield* jsonLine(++line, text)
  }
  yield* jsonLine(line + 1, rest)
}

/** Columns whose cells hold lists. A column that is not known stays whole. */
const isList = (key: string): boolean => /^(?:id|system|code|comparator|value|unit|state|zip3)$/.test(key)

function* rowLeaves(
  line: number,
  header: readonly string[],
  row: readonly string[],
): Generator<Leaf | Unreadable> {
  if (row.length !== header.length) yield { line, unreadable: true }
  for (const [at, cell] of row.entries()) {
    const name = header[at] ?? ''
    const field = name.slice(0, name.includes('.') ? name.indexOf('.') : undefined)
    const key = name.slice(name.lastIndexOf('.') + 1)
    for (const value of isList(key) ? cell.split(';') : [cell])
      if (value !== '') yield { line, field, key, value, isName: false }
  }
}

const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0)

export async function* csvLeaves(
  chunks: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Leaf | Unreadable> {
  let header: readonly string[] | null = null
  /** Of the record that is being read: the line on which it starts. */
  let line = 1
  let leaves: (Leaf | Unreadable)[] = []
  const reader = csvReader(
    {
      record: (cells) => {
        if (header === null) {
          header = [...cells]
          for (const value of cells) leaves.push({ line, field: '', key: '', value, isName: true })
        } else leaves.push(...rowLeaves(line, header, cells))
        line += 1 + lineBreaks(cells)
      },
      fault: () => leaves.push({ line, unreadable: true }),
    },
    { lastLineEnd: 'optional' },
  )
  for await (const chunk of chunks) {
    reader.push(chunk)
    yield* leaves
    leaves = []
  }
  reader.end()
  yield* leaves
}
