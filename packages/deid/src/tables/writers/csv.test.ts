import { describe, expect, it } from 'vitest'
import { gather } from '../../shared/testing/gather.ts'
import { fc } from '../../shared/testing/property.ts'
import { tableCsv } from './csv.ts'

/** RFC 4180, read independently of the writer: strict, so that anything it does not foresee is thrown. */
const parse = (text: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (;;) {
        const quote = text.indexOf('"', at + 1)
        if (quote < 0) throw new Error('a quote is left open')
        cell += text.slice(at + 1, quote)
        at = quote + 1
        if (text[at] !== '"') break
        cell += '"'
      }
    } else {
      const length = text.slice(at, at + 1000).search(/[",\r\n]/)
      if (length < 0) throw new Error('a cell has no end')
      cell = text.slice(at, at + length)
      at += length
    }
    row.push(cell)
    if (text[at] === ',') at++
    else if (text.startsWith('\r\n', at)) {
      rows.push(row)
      row = []
      at += 2
    } else throw new Error('a cell does not end where it should')
  }
  if (row.length > 0) throw new Error('the last line has no end')
  return rows
}

/** Only a text that would start a formula, or that such a one hides behind, is led by an apostrophe. */
const isCellOf = (read: string, text: string | null): boolean =>
  read === (text ?? '')
    ? !/^[=+@|\t\r\n]|^-(?!\d+ *$)/.test(read)
    : read === `'${text}` && /[=+\-@|\t\r\n]/.test(read)

describe('the CSV of a table', () => {
  it('is a header and a line for each row, null an empty cell', async () => {
    const text = await gather(
      tableCsv(
        ['id', 'age'],
        [
          ['a', '[10, 20)'],
          [null, '-5'],
        ],
      ),
    )
    expect(text).toBe('id,age\r\na,"[10, 20)"\r\n,-5\r\n')
  })

  it('without rows is the header', async () => {
    expect(await gather(tableCsv(['id', 'a,b', '=x'], []))).toBe('id,"a,b",\'=x\r\n')
  })

  it('reads rows of an async source', async () => {
    async function* rows() {
      yield ['1']
      yield ['2']
    }
    expect(parse(await gather(tableCsv(['n'], rows())))).toEqual([['n'], ['1'], ['2']])
  })

  it('a row of one empty cell is not an empty line, which readers pass over', async () => {
    expect(await gather(tableCsv(['n'], [[null], ['']]))).toBe('n\r\n""\r\n""\r\n')
  })

  it.each([
    ['an emoji of several code points', '👩🏽‍⚕️'],
    ['right-to-left text', 'مرحبا, שלום'],
    ['a direction override', '\u202eabc'],
    ['line ends', 'a\nb\r\nc\rd'],
    ['quotes', '"a""b"'],
    ['a separator of other tools', 'a;b\tc|d'],
    ['spaces around', ' a '],
    ['a lone quote', '"'],
  ])('%s comes back as it was', async (_, cell) => {
    expect(parse(await gather(tableCsv(['a', 'b'], [[cell, 'x']])))).toEqual([
      ['a', 'b'],
      [cell, 'x'],
    ])
  })

  it('a cell of 10 MB, of quotes, line ends and emoji, comes back as it was', async () => {
    const cell = `${'"a\r\n👩🏽‍⚕️,'.repeat(700_000)}end`
    expect(new TextEncoder().encode(cell).length).toBeGreaterThan(10_000_000)
    const [, row] = parse(await gather(tableCsv(['a', 'b'], [[cell, 'x']])))
    expect(row?.[0] === cell).toBe(true)
    expect(row?.[1]).toBe('x')
  })

  it('comes in chunks of whole lines, and reads no row before it is asked for more', async () => {
    let read = 0
    function* rows() {
      for (; read < 100_000; read++) yield [`patient ${read}`, '👩🏽‍⚕️']
    }
    const chunks = tableCsv(['a', 'b'], rows())
    const first = await chunks.next()
    expect(first.value?.length).toBeGreaterThan(60_000)
    expect(first.value?.length).toBeLessThan(70_000)
    expect(first.value?.endsWith('\r\n')).toBe(true)
    const readBefore = read
    expect(readBefore).toBeLessThan(10_000)
    await chunks.next()
    expect(read).toBeLessThan(2.1 * readBefore)
    await chunks.return(undefined)
  })

  it('property: any table is read back, apart from the apostrophe before a formula', async () => {
    const cell = fc.option(
      fc.string({
        unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', '-', '|', '1', ' ', "'", 'é', '🩺'),
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 1, max: 4 })
          .chain((width) =>
            fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
          ),
        async (rows) => {
          const columns = (rows[0] ?? []).map((_, at) => `c${at}`)
          const [header, ...read] = parse(await gather(tableCsv(columns, rows)))
          expect(header).toEqual(columns)
          expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length))
          for (const [y, row] of rows.entries())
            for (const [x, text] of row.entries()) expect(isCellOf(read[y]?.[x] ?? '', text)).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    ['no column', [], []],
    ['two columns of one name', ['a', 'b', 'a'], []],
    ['a row that is too short', ['a', 'b'], [['1']]],
    ['a row that is too long', ['a'], [['1', '2']]],
  ])('%s is refused', async (_, columns, rows) => {
    await expect(gather(tableCsv(columns, rows))).rejects.toMatchObject({ code: 'bad-release' })
  })

  it('a refusal holds no cell', async () => {
    await expect(gather(tableCsv(['a', 'b'], [['x', 'y'], ['Rosalind']]))).rejects.toThrow(
      /^Row 2 has 1 cells, the release has 2 columns\.$/,
    )
  })
})
