import { describe, expect, it } from 'vitest'
import { formatEntryBundle, parseEntryBundle, tilePath } from './entry-bundle.ts'
import { AuditError } from './errors.ts'

describe('an entry bundle', () => {
  it.each([
    [0, '000'],
    [67, '067'],
    [999, '999'],
    [1000, 'x001/000'],
    [1_234_067, 'x001/x234/067'],
  ])('number %i stands at %s, as C2SP tlog-tiles has it', (index, path) => {
    expect(tilePath(index)).toBe(path)
  })

  it('gives back the exact bytes of each entry', () => {
    const entries = [Uint8Array.of(), Uint8Array.of(1), new Uint8Array(65_535).fill(7), Uint8Array.of(0, 255)]
    const bundle = formatEntryBundle(entries)
    expect([...bundle.subarray(0, 5)]).toEqual([0, 0, 0, 1, 1])
    expect(parseEntryBundle(bundle)).toEqual(entries)
    expect(parseEntryBundle(new Uint8Array())).toEqual([])
  })

  it('that ends in the middle of an entry, or of a length, is refused', () => {
    const bundle = formatEntryBundle([Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)])
    const whole = new Set([0, 5, bundle.length])
    for (let end = 0; end <= bundle.length; end++) {
      const read = () => parseEntryBundle(bundle.subarray(0, end))
      if (whole.has(end)) expect(read()).toHaveLength([0, 5, bundle.length].indexOf(end))
      else
        expect(read).toThrow(
          new AuditError('malformed-bundle', 'an entry bundle ends in the middle of an entry'),
        )
    }
  })

  it('takes no entry whose length does not fit into 16 bits', () => {
    expect(() => formatEntryBundle([new Uint8Array(65_536)])).toThrow('over 65,535')
  })
})
