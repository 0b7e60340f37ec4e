import { describe, expect, it } from 'vitest'
import { readPreferences, shownColumns, withHidden } from './table-preferences.ts'

const NONE = { compact: false, hidden: {} }
const COLUMNS = [{ key: 'when' }, { key: 'what', always: true }, { key: 'from' }]
const keysOf = (hidden: string[]) => shownColumns(COLUMNS, hidden).map(({ key }) => key)

describe('what a browser remembers of its tables', () => {
  it('is read as it was written', () => {
    const written = withHidden({ compact: true, hidden: {} }, 'audit', ['from', 'when'])
    expect(readPreferences(JSON.stringify(written))).toEqual(written)
    expect(withHidden(written, 'audit', [])).toEqual({ compact: true, hidden: {} })
    expect(withHidden(written, 'users', ['mfa']).hidden).toEqual({ audit: ['from', 'when'], users: ['mfa'] })
  })

  it('is nothing where something else stands there', () => {
    for (const text of [null, '', '{', '[]', '"x"', '{"hidden":{"audit":["Jane Doe"]}}', '{"hidden":7}'])
      expect(readPreferences(text)).toEqual(NONE)
  })

  it('has no key but words of the console: a name can’t be among them', () => {
    const read = readPreferences('{"compact":true,"hidden":{},"patient":"Jane Doe"}')
    expect(JSON.stringify(read)).not.toContain('Jane')
  })

  it('takes columns off, and never the one that says what a row is', () => {
    expect(keysOf([])).toEqual(['when', 'what', 'from'])
    expect(keysOf(['from'])).toEqual(['when', 'what'])
    expect(keysOf(['when', 'what', 'from', 'gone'])).toEqual(['what'])
    expect(shownColumns([{ key: 'a' }, { key: 'b' }], ['a', 'b'])).toEqual([{ key: 'a' }])
  })
})
