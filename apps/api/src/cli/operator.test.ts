import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { operatorOf } from './operator.ts'
import { UsageError } from './usage-error.ts'

describe('the operator of a command', () => {
  it('is who they say, or else the account on this machine', () => {
    expect(operatorOf({ operator: "Ada O'Bee, night shift" })).toBe("Ada O'Bee, night shift")
    expect(operatorOf({})).toMatch(new RegExp(`^.+@${hostname().replaceAll('.', '\\.')}$`))
  })

  it('is a name of one line and no more', () => {
    for (const operator of ['', ' ', 'a\nb', 'a\u0000b', 'a\u202eb', '<b>', 'x'.repeat(101)])
      expect(() => operatorOf({ operator })).toThrow(UsageError)
  })
})
